"""Further mails written by us, after the rules, to see how far the rules carry."""

GOOD = (
    """Subject: Q3 call - warehouse labor

Hi Maria,

On your Q3 earnings call (October 24), Dan mentioned that overtime in the Memphis warehouse
is up 18% despite the new WMS. Usually when we see that, the slotting logic was never
updated after go-live.

Is that what's happening in Memphis, or is something else driving the overtime?

Jonas
""",
    """Hi Tom,

I noticed in your 10-K filed in February that you took a $4.2M write-off on the second CRM
rollout. Two other specialty distributors around your size (300-500 employees) told me their
reps kept a shadow spreadsheet for over a year.

How are your reps tracking quotes today?

Best,
Nina""",
    """Hello Dr. Patel,

The state's inspection report from 12 June cites incomplete medication records for the third
year in a row, even though St. Mary's moved to electronic charting in 2022. I may be reading
it wrong, but it looks like the problem moved from paper to the handover between shifts.

What have you tried so far to fix the handover?

Kind regards,
Leah Stone""",
    """Subject: Fill rates after the DC consolidation

Hi Raj,

We keep hearing the same story from mid-size food distributors that went from three DCs to
one: fill rates drop for two quarters and then never quite recover, mostly because of dock
scheduling.

You consolidated in May. How is it going?

Sam""",
    """Hi Kate,

Your VP of Operations wrote on LinkedIn last week that "we've rebuilt our forecasting
process three times in four years." That line stuck with me.

What made the third rebuild necessary?

Paul""",
    """Subject: Turnover among first-year teachers

Dear Mr. Okoye,

According to the district's own retention report (April 2025), 31% of first-year teachers
left, compared with 19% in neighboring districts. The mentoring program launched in 2023 was
meant to address exactly this.

In your view, what is the mentoring program missing?

Sincerely,
Amy Chen""",
    """Hi Lars,

Three of the port operators I spoke with this spring described the same thing: crane
maintenance is planned, but the parts aren't there when the crane is down. None of them saw
it in their dashboards.

Does that match what you see in Gothenburg?

Mette""",
    """Hi Susan,

The Glassdoor reviews for your Denver call center mention "the new scheduling app" 14 times
since January, mostly about last-minute shift changes. I realize reviews are only one side
of the story.

What would your team leads say about it?

Ben""",
    """Subject: Duplicate patient records

Dear Ms. Hoffmann,

Your hospital's 2024 quality report lists 2,300 duplicate records found during the migration
- and says the clean-up was "ongoing" at year end. In the annual report before that, the
clean-up was "nearly complete".

Where does it stand now?

Best regards
Jan Vos""",
    """Hi Mike,

I read the interview you gave Freight Weekly in September. You said detention fees doubled,
and that the carrier portal hasn't helped as much as you'd hoped.

If you had to guess, what share of the detention comes from your own docks?

Dana""",
    """Hello Claire,

When regional banks replace their loan origination system, we often see approval times get
worse for about a year, because credit policy exceptions still go by e-mail. One bank with
40 branches needed 14 months to get back to where it started.

You switched systems last November, according to your press release. How have approval times
moved since?

Regards,
Owen""",
    """Subject: 47 open positions

Hi Elena,

Your careers page lists 47 open CNC operator positions, and 30 of them have been up since at
least March. In the same period, you announced the apprenticeship program in Dayton.

What's been the hardest part about filling them?

Chris""",
    """Hi David,

Not selling anything in this note - just trying to understand something. The FDA warning
letter from August says CAPAs stayed open for 400+ days on average. In the 2021 letter it
was 380.

What gets in the way of closing them?

Ruth""",
    """Hi Anna,

Many of the co-ops we work with changed their billing vendor in 2023 and saw call volume go
up rather than down. For two of them, the reason turned out to be a bill format nobody
understood.

Are you seeing something similar since your switch in January?

Pete""",
    """Subject: your comment on change orders

Hi Frank,

At the ENR conference in May you said change orders eat about 9% of project margin and that
"no software we bought ever fixed it."

I'd be curious to know what you think the real cause is.

Gina""",
    """Dear Professor Lind,

The university's internal audit (report 2024/17) found that research grants are reconciled
by hand in five departments, two years after the finance system went live. The dean's
response promised a fix by December.

Did the fix arrive?

Kind regards,
Marta Ruiz""",
    """Hi Hannah,

This might not be on your plate anymore, and if so, feel free to ignore it. In your spring
newsletter you wrote that returns from marketplace orders take 19 days to process, twice as
long as your own shop.

Has that gap closed over the summer?

Felix""",
    """Hi Omar,

One thing surprised us when we compared twelve mid-market insurers: the ones with the newest
claims platforms had the oldest open claims. The adjusters explained that the new queues
hide anything over 90 days.

How do you make sure old claims stay visible?

Julie""",
    """Subject: Second pilot in Leeds

Hi Grace,

The council's digital strategy update from 4 March says the second pilot of the housing
repairs app was "paused pending review". The first one in 2022 ended the same way.

What did the review find?

Thanks,
Will""",
    """Hi Stefan,

Your new COO told Manager Magazin in July that delivery reliability is her first priority
and put the current rate at 82 percent. Five years ago, the annual report gave 91.

What happened in between?

Viele Grüße
Katrin""",
)

BAD = (
    (
        "P101",
        """Hi Sarah,

At CloudFlow we provide a next-generation workflow automation solution trusted by 500+
enterprises. Our platform reduces manual work by 60%.

Let me know if you'd like to learn more.

Jake""",
    ),
    (
        "A401",
        """Hi Raj,

I saw that you consolidated three DCs into one in May. Would you have time for a 30-minute
demo next Tuesday so I can show you what our system could do for you?

Thanks,
Kim""",
    ),
    (
        "C201",
        """Hi Maria,

Your warehouse is wasting thousands of dollars every week because your slotting is wrong.
Your team is frustrated and your overtime is out of control.

How do you plan to fix that?

Lee""",
    ),
    (
        "N301",
        """Hi Tom,

Companies such as Amazon, FedEx and Walmart rely on us for quote management. I believe your
80-person distribution firm could benefit in the same way.

What are you using today?

Nina""",
    ),
    (
        "Q501",
        """Hello,

Could you tell me who in your organization is responsible for purchasing HR software? I'd
like to get in touch with them directly.

Regards,
Sam""",
    ),
    (
        "W601",
        """Hi Claire,

We are a fast-growing fintech and we have just closed our Series B. We have built a new
lending engine and our engineers are ex-bankers. We believe we are a great fit. We would
love for our team to meet yours.

Owen""",
    ),
    (
        "F701",
        """Hi there,

Businesses today are under more pressure than ever to cut costs and improve performance. We
believe there is always room for improvement.

Would it make sense to connect this week?

Best,
Mark""",
    ),
    (
        "Q502",
        """Hi Lars,

I saw the port authority's report from April about crane downtime in Gothenburg and the
missing spare parts. It reminded me of a few projects in our region. Have a great rest of
your week.

Mette""",
    ),
    (
        "Q503",
        """Hi Kate,

Your VP of Operations wrote that forecasting was rebuilt three times. Why three times? Who
led each rebuild? What tools did you use? How much did it cost? Are you happy with it now?

Paul""",
    ),
    (
        "M802",
        """Hi Elena,

Just wanted to circle back on my note from last week about your 47 open positions. Bumping
this up in case it got buried.

Chris""",
    ),
    (
        "M803",
        """Hi David,

I've sent you three emails now and still haven't received a response. I'm disappointed, as I
really thought you'd want to hear about this.

Ruth""",
    ),
    (
        "M804",
        """Hi Anna,

This is a limited-time opportunity: sign up before Friday and get 25% off your first year.
After that, prices go up. Don't miss out!

Pete""",
    ),
    (
        "M805",
        """Subject: Re: our conversation

Hi Frank,

At the ENR conference in May you said change orders eat margin. What is the real cause?

Gina""",
    ),
    (
        "M807",
        """Hi Hannah,

While you read this, your competitors are already automating returns. If you don't act, you
will fall behind and lose customers every single day.

Shall we talk?

Felix""",
    ),
    (
        "F702",
        """Hi {FirstName},

I was reading about {{company}} and thought of you. What does [Company Name] do about late
deliveries?

Will""",
    ),
    (
        "M801",
        """Hi Omar,

Hope this message finds you well and that you're having a fantastic week!

The regulator's 2024 report shows 400 old claims. How do you keep them visible?

Julie""",
    ),
    (
        "A402",
        """Hi Grace,

The council's update from 4 March says the second pilot was paused. Feel free to book some
time with me here: https://meetings.hubspot.com/will/15

What did the review find?

Will""",
    ),
    (
        "A403",
        """Hi Mike,

I read the interview you gave Freight Weekly in September about detention fees. I'd love to
hop on a quick call this week to discuss.

Dana""",
    ),
    (
        "W603",
        """Hi Ben,

Get ready for a truly revolutionary, world-class experience that will transform your call
center and take it to the next level.

What are your goals for 2026 in Denver?

Al""",
    ),
    (
        "C202",
        """Hi Stefan,

As COO of a mid-sized manufacturer, you're probably struggling with delivery reliability.
I'm guessing that your planning team spends most of its time firefighting.

Is that right?

Katrin""",
    ),
    (
        "C203",
        """Hi Amy,

Studies show that districts lose 40% of teachers within five years and spend $20,000
replacing each one. Mentoring cuts that by 3x.

What does turnover look like in your district?

Leo""",
    ),
    (
        "Q504",
        """Hi Jan,

Your hospital's 2024 quality report lists 2,300 duplicate records. Wouldn't it be great if
you could get rid of all of them in one click?

Vos""",
    ),
    (
        "W602",
        """Hi Ruth,

My name is Alex and I'm an account executive at MedTrack. I'm reaching out because the FDA
letter from August says CAPAs stay open for 400 days.

What gets in the way of closing them?

Alex""",
    ),
    (
        "M806",
        """Hi Gina,

First of all, huge congratulations on all the amazing work you're doing at BuildCo! I'm a
big fan of your content.

What do you do about change orders at the Denver site?

Max""",
    ),
    (
        "S901",
        """Hi Pete,

In the annual report of 2023 the cooperative says that billing calls went up after the
vendor change and that members in the northern districts did not understand the new format
of the bill at all. In the annual report of 2023 the cooperative says that billing calls
went up after the vendor change and that members in the northern districts did not
understand the new format of the bill at all. In the annual report of 2023 the cooperative
says that billing calls went up after the vendor change and that members in the northern
districts did not understand the new format of the bill at all. In the annual report of 2023
the cooperative says that billing calls went up after the vendor change and that members in
the northern districts did not understand the new format of the bill at all. In the annual
report of 2023 the cooperative says that billing calls went up after the vendor change and
that members in the northern districts did not understand the new format of the bill at all.
In the annual report of 2023 the cooperative says that billing calls went up after the
vendor change and that members in the northern districts did not understand the new format
of the bill at all.

What changed?
""",
    ),
    (
        "M808",
        """Subject: Following up

Hi Will,

The council's update from 4 March says the second pilot was paused. What did the review find?

Sue""",
    ),
    (
        "N302",
        """Hi Olga,

Our customers include Brightwave, Tessera Foods and NorthStar Logistics, and they all see
results.

What did your 2024 audit say about stock accuracy?

Ed""",
    ),
    (
        "P106",
        """Hi Ivan,

Your tender of 2 May asks for a route planner. Our plans start at just $29 per user per
month and there's a 14-day free trial.

How many drivers do you have?

Zoe""",
    ),
    (
        "A404",
        """Hi Mona,

Your report of 3 May speaks of late trains. Check out our case study, watch the 2-minute
video, sign up for our newsletter, or book a call with me.

Which line is the worst?

Ari""",
    ),
    (
        "F703",
        """Dear Sir/Madam,

Your annual report of 2024 speaks of 300 open claims. What keeps them open?

J. Roe""",
    ),
    (
        "P103",
        """Hi Ken,

Here's what you get with Routely:

* Live driver tracking
* Automatic re-routing
* Customer notifications
* Fuel reports

How do you dispatch in Tulsa today?

Bo""",
    ),
    (
        "Q506",
        """Hi Uma,

The 2024 audit found five manual reconciliations in finance. Worth exploring?

Tim""",
    ),
)
