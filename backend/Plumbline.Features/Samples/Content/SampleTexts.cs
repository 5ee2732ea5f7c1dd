namespace Plumbline.Features.Samples.Content;

/// <summary>What the sample's users ask and its assistants answer; some of the answers are wrong on purpose, for reviewers to find.</summary>
internal static class SampleTexts
{
    public static (string User, string Order, string Found, string Answer)[] Orders { get; } =
    [
        (
            "Where is my order A-10042?", "A-10042", """{"status":"shipped","carrier":"DHL","eta":"tomorrow"}""",
            "Your order A-10042 is on its way with DHL and should arrive tomorrow."),
        (
            "Can I still change the address of A-10077?", "A-10077", """{"status":"packed","editable":false}""",
            "Order A-10077 is already packed, so its address cannot be changed any more. I can ask the carrier to hold it at a pick-up point if you like."),
        (
            "I was charged twice for A-10101.", "A-10101", """{"status":"paid","payments":[49.90,49.90]}""",
            "I see two payments of 49.90 for A-10101. I have started a refund of the second one; it takes three to five days."),
        (
            "A-10123 arrived broken, what now?", "A-10123", """{"status":"delivered","days_ago":2}""",
            "I am sorry about that. Orders can be returned within 14 days, so A-10123 can no longer be returned."),
        ("Cancel A-10150 please.", "A-10150", """{"status":"open","cancellable":true}""", "Done: A-10150 is cancelled and nothing will be charged."),
    ];

    public static (string Question, string[] Documents, string Answer)[] Topics { get; } =
    [
        (
            "How long do I have to return shoes?",
            ["Shoes may be returned within 30 days if they were not worn outside.", "Refunds are paid to the original means of payment."],
            "You have 30 days to return shoes, as long as you have not worn them outside."),
        (
            "Do you ship to Norway?",
            ["We ship to all countries of the European Union.", "Norway and Switzerland: delivery in five to eight days, customs paid by the receiver."],
            "Yes, we ship to Norway in five to eight days. Customs are paid by the receiver."),
        (
            "Is the rain jacket machine washable?",
            ["Rain jackets: wash at 30 degrees, do not tumble dry.", "Down jackets: dry clean only."],
            "Yes, wash it at 30 degrees and tumble dry it on low heat."),
        (
            "What does the two-year guarantee cover?",
            ["The guarantee covers faults of material and workmanship for two years.", "Wear and tear is not covered."],
            "It covers faults of material and workmanship for two years, but not wear and tear."),
        (
            "Can I pay by invoice?",
            ["Invoice is offered from the second order on, up to 300 euros.", "Card and transfer are always offered."],
            "Yes, you can pay by invoice from your first order on."),
    ];

    public static (string Text, string Answer)[] Tickets { get; } =
    [
        ("The app logs me out every few minutes since the update.", """{"category":"technical","urgency":"high"}"""),
        ("Thank you, the new chair is wonderful!", """{"category":"praise","urgency":"low"}"""),
        ("My invoice shows the wrong company name.", """{"category":"billing","urgency":"medium"}"""),
        ("Someone ordered from my account, I did not do this!", """{"category":"billing","urgency":"low"}"""),
        ("When will the blue one be in stock again?", """{"category":"question","urgency":"low"}"""),
    ];
}
