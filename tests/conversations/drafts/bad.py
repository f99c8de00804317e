"""Mails written for these tests, by us, each with the rule that should find something in it."""

BAD = (
    (
        "P101",
        """Hi Ann,

FlowPlan is an AI-powered planning platform that helps manufacturers reduce lead times by
40%. Customers love
how easy it is.

Is planning a priority this year?

Tom
""",
    ),
    (
        "P101",
        """Dear Mr Novak,

We offer end-to-end claims automation for insurers. Our solution integrates with your core
system in weeks and
pays for itself within a year.

How do you handle claims today?
""",
    ),
    (
        "P102",
        """Hi Sam,

The audit paper of 14 May lists 41 open findings on user access. Our software closes such
findings
automatically, and we have done this for many banks.

Would that help?
""",
    ),
    (
        "P103",
        """Hi Priya,

With our finance suite you get:

- automated invoice capture
- real-time cash dashboards
- seamless ERP integration

What do you use now?
""",
    ),
    (
        "P104",
        """Dear Ms Hall,

We are an award-winning care software company trusted by over 500 homes across the country.

How do you keep your care plans?
""",
    ),
    (
        "P105",
        """Subject: Cut your planning costs by 35%

Dear Ms Lee,

your annual report of March 2024 says the second go-live was postponed. What held it up?
""",
    ),
    (
        "P106",
        """Hi Maya,

two in ten shops left after the price change, you write in your post of 2 April. Get 20%
off our retention tool
until Friday, or start a free trial.

What did the shops say?
""",
    ),
    (
        "C201",
        """Hi Jonas,

You are struggling with an outdated billing engine and your team spends hours on manual
corrections.

What would you change first?
""",
    ),
    (
        "C201",
        """Dear Ms Doyle,

Your hospital is losing nurses faster than it can hire them, and your recruitment process
is broken.

What have you tried?
""",
    ),
    (
        "C201",
        """Hi Karim,

I know that your buses fail to charge overnight. You lack a proper charging plan.

Who draws up the schedule?
""",
    ),
    (
        "C202",
        """Hi Greta,

as a head of planning, you probably spend too much time reconciling spreadsheets. Chances
are that your
planners do not trust the figures.

Where do the figures come from?
""",
    ),
    (
        "C202",
        """Hello Mr Weber,

If you're like most installers, you must be frustrated with second visits and missing parts.

How many are there?
""",
    ),
    (
        "C203",
        """Hi Ben,

Hauliers waste 25% of their fuel on bad routes, and 7 out of 10 managers don't know it.

How do you plan your routes in the Leeds depot?
""",
    ),
    (
        "C205",
        """Hi Rosa,

I came across your profile and was browsing your website. Drivers' rosters seem to matter there.

How far ahead do drivers get theirs?
""",
    ),
    (
        "N301",
        """Dear Mr Lindqvist,

companies like Nestlé, Unilever and PepsiCo plan their bakeries with us.

How do you plan yours in Uppsala?
""",
    ),
    (
        "N301",
        """Hi Lotte,

We've helped Walmart and Tesco trace grain lots in seconds.

How long did the recall in June take?
""",
    ),
    (
        "N302",
        """Hello Ines,

Our clients include Veridale, Norcross and Pellham.

Who collects the suppliers' data for your sustainability report?
""",
    ),
    (
        "A401",
        """Dear Ms Alvarez,

In the results call in August your CFO put the delay in Monterrey at $14 million a quarter.
I would like to show
you a quick demo of how permits can be tracked.

Which permits are open?
""",
    ),
    (
        "A402",
        """Hi Nadia,

The service review of May gives 18% reopened tickets. Pick a time here:
https://calendly.com/eva/30min

Why are they reopened?
""",
    ),
    (
        "A403",
        """Dear Mr Evans,

According to the survey of March, most complaints at your station are about announcements.

Do you have 15 minutes for a call on Thursday?
""",
    ),
    (
        "A404",
        """Hi Chloe,

Your half-year report puts returns at 34% for dresses. Download our guide on returns, sign
up for the webinar
next week, or let's have a call.

What do the returns slips say?
""",
    ),
    (
        "A405",
        """Hello Anders,

Your auditor's letter calls the close dependent on a few people. I'll call you on Tuesday
at 10 to go through it.

Who are they?
""",
    ),
    (
        "Q501",
        """Dear Sir,

the tender of 2 September asks for a budget tool. Who is responsible for finance software
in the county?
""",
    ),
    (
        "Q501",
        """Hi Olu,

the tenants' survey of May speaks of wrong repair dates. Could you point me to the right
person to talk about this?
""",
    ),
    (
        "Q502",
        """Hi Dave,

the dairy's annual report of March 2024 says that the change of shifts took longer than
planned and that two of
the unions did not sign. I thought this was worth a note and hope to hear from you.
""",
    ),
    (
        "Q503",
        """Dear Dr Mensah,

the accreditation report of 2024 says samples are lost on the way. How many? Since when?
Which clinics? What does
a lost sample cost? Have the couriers been asked?
""",
    ),
    (
        "Q504",
        """Hi Joe,

a shift lead told me in May that the screens are off at night. What if you could have
screens that operators
love to use?
""",
    ),
    (
        "Q504",
        """Hello Mr Costa,

vineyards tell us that labels are the bottleneck in September. Would you be interested in
doubling your label
throughput?
""",
    ),
    (
        "Q505",
        """Dear Mr Rahman,

two garment makers told us that their buyers' portals were wrong. Don't you think it is
time to have one source of
compliance data?
""",
    ),
    (
        "Q506",
        """Hi Wanjiru,

in the assembly on 17 October you said that water meters are read but not billed in four
zones. Thoughts?
""",
    ),
    (
        "W601",
        """Hello Peter,

we are a team of kitchen experts and we have worked on our costing method for years. Our
method is simple, and we
explain it in our handbook, which we wrote ourselves.

Are menu costs known to you before the month ends?
""",
    ),
    (
        "W602",
        """Dear Ms Romano,

My name is Eva and I work for Nordlicht, a ticketing company from Kiel.

The museum's strategy paper names two replacements of online booking. What did the second
leave as it was?
""",
    ),
    (
        "W603",
        """Dear Ms Osei,

there is a revolutionary, world-class way to budget that will skyrocket adoption.

The tender of 2 September speaks of departments. What do they use instead?
""",
    ),
    (
        "F701",
        """Hi there,

in today's fast-moving market, every business needs to do more with less. Getting the most
out of your team is
key to growth.

How important is this for you right now?
""",
    ),
    (
        "F701",
        """Hello,

many leaders tell me that growth has become harder and that their teams are busy. It is not
easy to find the time
for what matters most.

What is your biggest challenge this year?
""",
    ),
    (
        "F702",
        """Hi {{first_name}},

I read that [Company] had to recall grain lots on 21 June. How long did naming the lots take?
""",
    ),
    (
        "M801",
        """Dear Mrs Ivanova,

I hope this email finds you well.

The ministry's list of 1 April names your schools. What was promised for September?
""",
    ),
    (
        "M802",
        """Hi Sam,

just checking in on my mail about the 41 findings in the audit paper of 14 May. Did
anything change?
""",
    ),
    (
        "M803",
        """Hi Sam,

I haven't heard back from you, although I have written three times about the audit paper of
14 May. Should I give up?
""",
    ),
    (
        "M804",
        """Dear Ms Petrov,

The notice on the outage of 8 March speaks of load tests. Only 2 slots left this month, so
act now. What came of the
test?
""",
    ),
    (
        "M805",
        """Subject: RE: outage of 8 March

Dear Ms Petrov,

The notice on the outage of 8 March speaks of load tests. What came of the one promised in 2022?
""",
    ),
    (
        "M806",
        """Hi Peter,

I love what you're doing at Green Kitchens, and I'm really impressed by your growth.

On the podcast you spoke of menu costs. Why are they known so late?
""",
    ),
    (
        "M807",
        """Hello Mr Tanaka,

your competitors are already using AI to predict scrap, and every day you wait costs you money.

Was it the resin on line 4?
""",
    ),
    (
        "M808",
        """Subject: Quick question

Hello Mr Tanaka,

at the fair in October your head of production suspected the resin on line 4. Was it the resin?
""",
    ),
    (
        "S901",
        "Dear Ms Lee,\n\n"
        + (
            "Your annual report of March 2024 says that the second go-live of"
            " the order system was postponed and that"
            " the warehouse in Harrow goes on with the old one until the"
            " auditors have agreed to the plan for stock. "
        )
        * 6
        + "\n\nWhat held it up?\n",
    ),
    (
        "S903",
        """Hi Chloe,

Your half-year report puts returns at 34% for dresses. Learn more about returns on our website:
https://nordlicht.example/returns?utm_source=mail&utm_campaign=q3

What do the slips say?
""",
    ),
)
