using System.Collections.Immutable;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Samples.Content;

/// <summary>What the sample says of an answer.</summary>
/// <param name="Trace">Which of the sample's traces holds it, by number.</param>
internal sealed record SampleVerdict(int Trace, Label Label, string Reasoning)
{
    public string? FailureMode { get; init; }

    public string? CorrectedOutput { get; init; }
}

/// <summary>The answers of the sample that are put up for review, each to another question, and what the dataset holds besides.</summary>
internal static class SampleAnswers
{
    public const string Instructions = """
        This queue is part of the sample. Half of its items were reviewed by the sample itself, in the name of whoever loaded it; the rest wait to be reviewed.

        Pass an answer when a customer could act on it without harm:
        - every fact in it is in the order, the documents or the ticket;
        - it answers what was asked;
        - it promises nothing that has not been done.

        Fail it otherwise, name the ways in which it fails, and write what it should have said.
        """;

    public static ImmutableArray<FailureMode> FailureModes { get; } =
    [
        new("contradicts-source", "Contradicts its source", "The order or the document says something else."),
        new("invented", "Invented", "A fact or a promise without any source."),
        new("misses-question", "Misses the question", "True, but not what was asked."),
        new("wrong-category", "Wrong category or urgency", "The ticket would land on the wrong desk."),
    ];

    /// <summary>Reviewed when the sample is loaded.</summary>
    public static ImmutableArray<SampleVerdict> Reviewed { get; } =
    [
        new(69, Label.Fail, "It was delivered two days ago and returns are open for 14 days, so it can be returned. The answer contradicts itself.")
        {
            FailureMode = "contradicts-source",
            CorrectedOutput = "I am sorry about that. A-10123 was delivered two days ago and orders can be returned within 14 days, so you can send it back.",
        },
        new(82, Label.Fail, "The document says not to tumble dry; on this advice the jacket is ruined.")
        {
            FailureMode = "contradicts-source",
            CorrectedOutput = "Yes, wash it at 30 degrees, but do not tumble dry it.",
        },
        new(122, Label.Pass, "A technical fault that keeps people out of the app: category and urgency fit."),
        new(131, Label.Fail, "Somebody else has used the account. That is a matter of security and cannot wait.")
        {
            FailureMode = "wrong-category",
            CorrectedOutput = """{"category":"security","urgency":"high"}""",
        },
        new(135, Label.Pass, "Carrier and day are those of the order."),
        new(151, Label.Pass, "The 30 days and the condition are both in the document."),
    ];

    /// <summary>Left to people, by the number of their trace.</summary>
    public static ImmutableArray<int> Waiting { get; } = [138, 141, 148, 154, 155, 158];

    /// <summary>Items of the dataset that come from no trace.</summary>
    public static ImmutableArray<NewDatasetItem> Typed { get; } =
    [
        Typing("""{"question":"Do you ship to Switzerland?","documents":"Norway and Switzerland: delivery in five to eight days, customs paid by """
            + """the receiver."}""",
            "Yes, we ship to Switzerland in five to eight days. Customs are paid by the receiver."),
        Typing("""{"question":"Can I pay by invoice?","documents":"Invoice is offered from the second order on, up to 300 euros."}""",
            "From your second order on, up to 300 euros. Your first order is paid by card or transfer."),
        Typing("""{"ticket":"My password reset mail never comes."}""", """{"category":"technical","urgency":"medium"}"""),
    ];

    private static NewDatasetItem Typing(string inputs, string expected) =>
        new(new DatasetContent { InputsJson = inputs, Expected = expected, Split = "test", MetadataJson = """{"source":"sample"}""" }, null);
}
