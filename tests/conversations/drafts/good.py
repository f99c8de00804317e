"""Mails written for these tests, by us, that a linter should leave alone."""

GOOD = (
    """Subject: Second go-live at Harrow

Dear Ms Lee,

Your annual report of March 2024 says the second go-live of the order system was postponed,
and that
the first one "did not bring the stability we expected". I presume the warehouse still runs
on the old
one. Is that so?

Tom Field
""",
    """Subject: nurses who leave in their first year

Hello Dr Brandt,

we see this in regional hospitals of 300 to 500 beds: a new rota system comes in, and
within a year
the youngest nurses hand in their notice. Three of the four we spoke to this spring first
blamed pay.

How are you dealing with it?

Kind regards,
Eva Nowak
""",
    """Hi Sam,

the audit committee paper of 14 May lists 41 open findings on user access, nine more than
the year
before, although the new tool went in last summer.

What got in the way?

Eva
""",
    """Subject: Third tender for dispatch

Mr Okafor,

the contract notice of 3 June is the third for a dispatch system since 2017. What became of the
second one?

Regards
Tom
""",
    """Dear Ms Alvarez,

In the results call in August your CFO put the cost of the delayed plant in Monterrey at
$14 million
a quarter. He named the permits, not the builders.

Which of the two would you start with?

Tom Field
""",
    """Subject: Late invoices in Leeds

Hi Priya,

A supplier of yours told the Yorkshire Post on 9 January that invoices from March were
still unpaid.
My guess is that the move to one finance system in 2023 has not reached Leeds yet.

Am I wrong about the system, or about the place?

Best,
Eva
""",
    """Hello Mr Lindqvist,

we hear the same from four family bakeries with two plants: the planning tool is bought
after the
second plant, and a year later the planners are back on paper because bread does not wait.

Was it the same in Uppsala?

Tom
""",
    """Subject: the 2023 inspection

Dear Mrs Hall,

the inspection report of November 2023 says that care plans were kept twice, on paper and on
tablets, and that neither was complete. The action plan ended in June.

Where do the two still differ?

Kind regards
Eva Nowak
""",
    """Hi Jonas,

your job adverts of this month ask for three people who "know the old billing engine well". That
engine was to be switched off in 2022, says the press release of the merger.

What keeps it alive?

Tom
""",
    """Subject: Churn after the price change

Hi Maya,

In your blog post of 2 April you write that two in ten shops left within a month of the
price change,
and that the survey afterwards gave no clear reason.

What did the ones who stayed say?

Eva
""",
    """Dear Professor Klein,

the council minutes of 12 February speak of "a third attempt" at the student records system. The
first two ended before the exam module.

What is different about the exams?

With kind regards,
Eva Nowak
""",
    """Hi Ben,

six of the nine mid-sized hauliers we talked to since January gave up their first route
planner within
a year. Not because of the routes: drivers were paid by the old ones.

Did pay come up when you changed yours?

Tom
""",
    """Subject: Scrap rate, line 4

Mr Tanaka,

At the trade fair in October your head of production told the panel that line 4 scraps
twice what line
3 does, with the same machines. He suspected the resin.

Was it the resin?

Regards,
Tom Field
""",
    """Hello Ines,

on page 37 of the sustainability report you name suppliers' data as the reason why the
figures for 2023
are estimates, as they were in 2022.

Who has tried to get the data so far, and how?

Eva
""",
    """Subject: Claims backlog

Dear Mr Novak,

The ombudsman's annual review of July counts 1,140 complaints about late claims, a third
more than a
year before. The letter to policyholders blames storms. Other insurers in the same storms
had fewer.

What else changed that year?

Eva Nowak
""",
    """Hi Olu,

a pattern we keep seeing in housing associations with old stock: the repairs system is new,
and the
tenants still ring because the date in it is wrong. In two cases the contractors kept dates in
spreadsheets of their own.

How do dates get into yours?

Tom
""",
    """Subject: Outage of 8 March

Hello Ms Petrov,

The regulator's notice on the outage of 8 March says that the failover had been tested, but
not under
load. It was the second such outage in two years.

What came of the load test promised after the first?

Kind regards
Tom Field
""",
    """Dear Ann,

Your letter to shareholders says that the Ohio warehouse ships 30% of orders by hand, two
years after
automation was finished. I presume that it was built for the boxes of 2019. Is that what
happened?

Eva
""",
    """Hi Karim,

since my note of 4 May the transport committee has published its answer: 14 of 60 buses
still cannot
be charged overnight. The earlier paper spoke of a software fault.

Is it still the software?

Tom
""",
    """Subject: Budget tool, again

Dear Ms Osei,

the county's tender of 2 September asks for a budget tool "that departments will use". The
last one was
bought in 2020. Something in that sentence sounds like experience.

What did departments do instead of using it?

Eva Nowak
""",
    """Hello Peter,

you said on the podcast with Green Kitchens that menu costs are known only three weeks
after the month
ends, and that two attempts to speed this up went nowhere.

Where did the second one get stuck?

Tom Field
""",
    """Subject: Grain lots

Hi Lotte,

The recall notice of 21 June took nine days to name the lots. In 2021 it was eleven, after
which a
traceability project was announced.

What part of the nine days was the tracing?

Eva
""",
    """Dear Mr Rahman,

Two garment makers of about your size, both in Chattogram, told us that their compliance
data was right
and their buyers' portals wrong. Each spent a year finding out.

How do you find out who is right?

Regards,
Eva Nowak
""",
    """Subject: Vacancies on the wards

Dear Ms Doyle,

The board paper of 30 January shows 212 vacancies, after two recruitment campaigns abroad.
The same paper
counts 190 people who left within their first year.

If it is no longer a topic, no answer is needed. If it is: which of the two numbers worries
you more?

Tom Field
""",
    """Hi Greta,

your talk in Aarhus ended with the sentence "we now have five sources of truth". I have
read it as a
joke and as a warning.

Which of the five do the planners open first?

Tom
""",
    """Subject: Heat pumps, second visits

Hello Mr Weber,

In the trade journal of April your service manager says that every third installation needs
a second
visit, mostly for a missing part. The parts list was redone last year.

What is missing most often now?

Eva
""",
    """Dear Dr Mensah,

as I read the accreditation report of 2024, samples are lost between the clinic and the lab
and not in
the lab, although it was the lab that got the new system.

What would the couriers say?

Kind regards,
Eva Nowak
""",
    """Hi Rosa,

What makes me write: the union's leaflet of 5 March says drivers get their rosters two days
ahead, while
the agreement of 2022 promises fourteen.

What stands between the two?

Tom
""",
    """Subject: Month-end close

Hello Anders,

Your auditor's letter, in the 2023 accounts, calls the close "dependent on a small number
of individuals".
It did in 2021 too.

What happened when one of them was away?

Tom Field
""",
    """Dear Ms Romano,

the museum's strategy paper names 2021 and 2023 as years in which online booking was
replaced. Visitors
on review sites still describe queues for people who have booked.

What did the second change leave as it was?

Eva Nowak
""",
    """Hi Dave,

you asked how long the change of shifts took elsewhere. At the two dairies I know it took
nine and fourteen
weeks; the longer one had three unions.

How many would have a say in yours?

Tom

On Mon, 3 March Dave wrote:
> How long did the change of shifts take elsewhere?
""",
    """Dear Ms Lee,

fair question. The sentence stands on page 12 of your annual report of March 2024: "order
entry remained
a manual process in both plants". I took "remained" to mean that something had been tried.

Was that reading wrong?

Tom

On Tue, 4 March Ann Lee wrote:
> What makes you say that we have this problem?
""",
    """Subject: Reopened tickets

Hi Nadia,

The service review you published in May gives 18% reopened tickets, against 11% before the
chatbot. You
call it a question of training.

Whose training, the bot's or the people's?

Eva
""",
    """Hello Mr Costa,

vineyards with more than one bottler tell us that labels are the bottleneck and that
everyone looks at
the presses. It took one of them three harvests to see it.

Where do bottles wait longest in September?

Tom
""",
    """Subject: Platform 9

Dear Mr Evans,

According to the passenger council's survey of March, most complaints at your station are about
announcements that contradict the boards. Both have been renewed since 2020.

Do they draw on the same source?

Kind regards
Eva Nowak
""",
    """Hi Wanjiru,

in the county assembly on 17 October you said that the water meters are read but not billed
in four of
eleven zones. A pilot with a new billing module ended in June.

Why did it end?

Tom
""",
    """Dear Mr Fischer,

from three foundries that tried to predict breakdowns we learned one thing: the model was
right, and nobody
had a free crew on the day it said so.

Is it crews or predictions that you are short of?

Eva Nowak
""",
    """Subject: Returns in January

Hi Chloe,

Your half-year report puts returns at 34% for dresses and says the size guide of 2023 "has
yet to show an
effect". Shops that dropped such guides told us that customers trust other customers, not
tables.

What do your returns slips say?

Eva
""",
    """Hello Mrs Ivanova,

The ministry's list of 1 April names your school network among those whose laptops were not
delivered for
a second year.

What was promised for September?

Tom Field
""",
    """Hi Joe,

at the plant tour in May a shift lead told me that the new screens are switched off at
night "so that we
can work". I have thought about that sentence since.

What would she have to see on them to leave them on?

Tom
""",
)
