using Plumbline.Contracts;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>What others said of the spans that the reviewer is still to judge.</summary>
internal sealed record Opinion(string Name, string Bob, string Cat, string? Corrected = null, string? Adjudicated = null, string? Said = null)
{
    public static readonly Opinion Pass = new("pass", "PASS", "PASS");

    public static IReadOnlyList<Opinion> All { get; } =
        [Pass, new("fail", "FAIL", "FAIL"), new("disputed", "PASS", "FAIL"), new(
            "corrected", "FAIL", "FAIL", Corrected: "A better answer."), new("adjudicated", "FAIL", "PASS", Adjudicated: "FAIL"),
        new("commented", "PASS", "PASS", Said: "That is not true.")];
}

/// <summary>What a queue hides of a span: who made it, how fast, at which price, for whom, and whose key sent it.</summary>
internal sealed record HiddenFacts(
    string Provider, string Model, int PromptVersion, int Milliseconds, int InputTokens, int OutputTokens, string User, string CallId, string Sender)
{
    public static readonly HiddenFacts Usual = new("openai", "gpt-4o-mini", 1, 900, 120, 30, "customer-1", "call_7Yq2", "shop");

    public static readonly HiddenFacts Other = new("anthropic", "claude-3-5-sonnet-20241022", 2, 5_200, 4_100, 800, "customer-9", "toolu_01Ab", "desk");
}

/// <summary>One project, and the ids of what is in it. Trace and span ids are the same in every world.</summary>
internal sealed record World(string Name, ProjectKey Project, string ProjectId, IReadOnlyDictionary<string, string> Ids)
{
    public const string BlindTrace = "b0000000000000000000000000000001";
    public const string PlainTrace = "a0000000000000000000000000000002";
    public const string FailedTrace = "a0000000000000000000000000000003";
    public const string VisibleBlindTrace = "b0000000000000000000000000000004";

    /// <summary>The root span of a trace.</summary>
    public static string Root(string traceId) => "5" + traceId[17..];

    public string Trace(string traceId) => NodeId.Format(NodeKinds.Trace, Project, traceId);

    public string Span(string traceId) => NodeId.Format(NodeKinds.Span, Project, $"{traceId}/{Root(traceId)}");
}
