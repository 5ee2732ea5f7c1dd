namespace Plumbline.Host.Tests.Blinding;

/// <summary>The spans of a world as OTLP. Only the hidden facts of the first differ between worlds.</summary>
internal static class WorldSpans
{
    private static readonly DateTimeOffset Start = new(
        TimeProvider.System.GetUtcNow().AddHours(-2).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    public static DateTimeOffset From => Start.AddHours(-1);

    public static DateTimeOffset To => Start.AddHours(1);

    public static object All(HiddenFacts facts) => Request([.. UsualSpans, .. HiddenSpans(facts)]);

    /// <summary>The traces that are the same in every world.</summary>
    public static object Usual() => Request([.. UsualSpans]);

    /// <summary>The trace that is hidden.</summary>
    public static object Hidden(HiddenFacts facts) => Request([.. HiddenSpans(facts)]);

    private static IEnumerable<object> UsualSpans =>
    [
        Chat(World.PlainTrace, 0, HiddenFacts.Usual, "plain", "visit-1"),
        Chat(World.FailedTrace, 120, HiddenFacts.Usual, "failed", "visit-2", status: 2),
        Chat(World.VisibleBlindTrace, 180, HiddenFacts.Usual, "blind too", "visit-3"),
    ];

    private static IEnumerable<object> HiddenSpans(HiddenFacts facts) =>
        [Chat(World.BlindTrace, 60, facts, "blind", "visit-1"), Retrieval(World.BlindTrace, 62)];

    private static object Request(object[] spans) => new
    {
        resourceSpans = new[]
        {
            new
            {
                resource = new { attributes = new[] { Text("service.name", "shop"), Text("deployment.environment.name", "production") } },
                scopeSpans = new[]
                {
                    new { spans },
                },
            },
        },
    };

    private static object Chat(string traceId, int second, HiddenFacts facts, string about, string session, int status = 0)
    {
        object[] attributes =
        [
            Text("gen_ai.operation.name", "chat"), Text("gen_ai.provider.name", facts.Provider), Text("gen_ai.request.model", facts.Model),
            Text("gen_ai.response.model", facts.Model),
            Text("user.id", facts.User), Text("session.id", session), Text("plumbline.prompt.name", "refund"), Text(
                "plumbline.prompt.version", $"{facts.PromptVersion}"),
            Number("gen_ai.usage.input_tokens", facts.InputTokens), Number("gen_ai.usage.output_tokens", facts.OutputTokens),
            Text("gen_ai.input.messages", $$"""[{"role":"user","parts":[{"type":"text","content":"It is {{about}}."}]}]"""),
            Text(
                "gen_ai.output.messages",
                $$"""[{"role":"assistant","parts":[{"type":"text","content":"On its way."},"""
                    + $$"""{"type":"tool_call","id":"{{facts.CallId}}","name":"ship","arguments":{"order":7} }],"finish_reason":"stop"}]"""),
        ];
        return Span(traceId, World.Root(traceId), "", second, facts.Milliseconds, "answer", attributes, status);
    }

    /// <summary>Begins after a fast answer has ended, and before a slow one has.</summary>
    private static object Retrieval(string traceId, int second) => Span(traceId, "6" + World.Root(traceId)[1..], World.Root(traceId), second, 100, "look up",
        [
            Text("openinference.span.kind", "RETRIEVER"), Text("retrieval.documents.0.document.id", "d1"),
            Text("retrieval.documents.0.document.content", "Refunds take five days.")
        ], 0);

    private static object Span(string traceId, string spanId, string parentSpanId, int second, int milliseconds, string name, object[] attributes, int status)
    {
        var start = (Start.AddSeconds(second) - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new
        {
            traceId,
            spanId,
            parentSpanId,
            name,
            kind = 3,
            startTimeUnixNano = $"{start}",
            endTimeUnixNano = $"{start + milliseconds * 1_000_000L}",
            attributes,
            status = new { code = status },
        };
    }

    private static object Text(string key, string value) => new { key, value = new { stringValue = value } };

    private static object Number(string key, int value) => new { key, value = new { intValue = $"{value}" } };
}
