namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The spans of a plan as OTLP, as they are in one of its worlds.</summary>
internal static class PlannedSpans
{
    private static readonly DateTimeOffset Start = new(
        TimeProvider.System.GetUtcNow().AddHours(-2).Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    /// <summary>A range that holds all of them, as an input of the API.</summary>
    public static string Range => $"{{ from: \"{Start.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}\", to: \"{Start.AddHours(2):yyyy-MM-ddTHH:mm:ssZ}\" }}";

    /// <summary>A range that holds those that were sent first.</summary>
    public static string HalfRange => $"{{ from: \"{Start:yyyy-MM-ddTHH:mm:ssZ}\", to: \"{Start.AddMinutes(3):yyyy-MM-ddTHH:mm:ssZ}\" }}";

    public static object Request(IEnumerable<PlannedTrace> traces, int side) =>
        new { resourceSpans = traces.Select(t => Resource(t, t.In(side))).ToArray() };

    /// <summary>One more trace, that nobody is to judge and that is the same in all worlds.</summary>
    public static object Latecomer() => Request(
        new PlannedTrace("late", 99, Sight.Plain, "visit-1", Facts.Draw(new Draw("late"), ["refund"]), Facts.Draw(new Draw("late"), ["refund"])));

    /// <summary>A span more of each trace that readers are to judge, another one each round.</summary>
    public static object Later(Plan plan, int side, int round) => new
    {
        resourceSpans = plan.Traces.Where(t => t.Sight != Sight.Plain).Select(t => new
        {
            scopeSpans = new[] { new { spans = new[] { Child(t, 'd', (t.Number * 60) + t.In(side).Late, "after", [Number("round", round)], round: round) } } },
        }),
    };

    /// <summary>A record of each of their roots, and one of nothing.</summary>
    public static object Logs(Plan plan, int round)
    {
        var told = plan.Traces.Where(t => t.Sight != Sight.Plain).Select(t => (object)new
        {
            traceId = t.TraceId,
            spanId = t.RootId,
            timeUnixNano = Nanos(t.Number * 60),
            body = new { stringValue = $"Round {round}." },
        });
        return new { resourceLogs = new[] { new { scopeLogs = new[] { new { logRecords = told.Append(new { body = new { stringValue = "Nothing." } }) } } } } };
    }

    /// <summary>A trace of each round, that nobody is to judge.</summary>
    public static object Signal(int round) => Request(new PlannedTrace("signal", round, Sight.Signal, "visit-1", Late, Late));

    /// <summary>Its id.</summary>
    public static string SignalId(int round) => new PlannedTrace("signal", round, Sight.Signal, "visit-1", Late, Late).TraceId;

    private static Facts Late { get; } = Facts.Draw(new Draw("late"), ["refund"]) with { Model = "house-7b" };

    private static object Request(PlannedTrace trace) => new { resourceSpans = new[] { Resource(trace, trace.First) } };

    private static object Resource(PlannedTrace trace, Facts facts) => new
    {
        resource = new { attributes = new[] { Text("service.name", facts.Service), Text("deployment.environment.name", facts.Environment) } },
        scopeSpans = new[] { new { spans = Spans(trace, facts).ToArray() } },
    };

    private static IEnumerable<object> Spans(PlannedTrace trace, Facts facts)
    {
        var second = (trace.Number * 60) + facts.Late;
        yield return Chat(trace, facts, second);
        yield return Child(trace, '6', second, "look up",
            [
                Text("openinference.span.kind", "RETRIEVER"), Text("retrieval.documents.0.document.id", $"d{trace.Number}"),
                Text("retrieval.documents.0.document.content", $"Refunds of {trace.Name} take five days. {Recorded(trace, facts)}"),
            ]);
        if (facts.HasTool) yield return Child(trace, '7', second, "ship", [Text("gen_ai.operation.name", "execute_tool"), Text("gen_ai.tool.name", "ship")]);
        if (facts.Score is { } score)
            yield return Child(trace, '8', second, "judge",
                [Text("openinference.span.kind", "EVALUATOR"), Text("gen_ai.evaluation.score.label", facts.Verdict), Text("output.value", $"{score} of 10")],
                Event(second, score, facts.Verdict));
    }

    private static object Chat(PlannedTrace trace, Facts facts, int second)
    {
        List<object> attributes =
        [
            Text("gen_ai.operation.name", "chat"), Text("gen_ai.provider.name", facts.Provider), Text("gen_ai.request.model", facts.Model),
            Text("gen_ai.response.model", facts.Model), Text("user.id", facts.User), Text("session.id", trace.Session),
            Text("plumbline.prompt.name", facts.Prompt), Text("plumbline.prompt.version", $"{facts.PromptVersion}"),
            Number("gen_ai.usage.input_tokens", facts.InputTokens), Number("gen_ai.usage.output_tokens", facts.OutputTokens),
            new { key = "tag.tags", value = new { arrayValue = new { values = new[] { new { stringValue = facts.Tag } } } } },
            Text("gen_ai.input.messages", $$"""[{"role":"user","parts":[{"type":"text","content":"It is {{trace.Name}}."}]}]"""),
            Text(
                "gen_ai.output.messages",
                $$"""[{"role":"assistant","parts":[{"type":"text","content":"On its way, {{trace.Name}}."},"""
                    + $$"""{"type":"tool_call","id":"{{facts.CallId}}","name":"ship","arguments":{"order":7} }],"finish_reason":"stop"}]"""),
        ];
        if (facts.Score is { } score) attributes.Add(Number("gen_ai.evaluation.score.value", score));
        object[] events = facts.Score is { } found ? [Event(second, found, facts.Verdict)] : [];
        return Span(trace, trace.RootId, "", second, facts.Milliseconds, facts.SpanName, [.. attributes], facts.Status, events);
    }

    // Programs write what they know of a call into texts, each in its own way.
    private static string Recorded(PlannedTrace trace, Facts facts)
    {
        var json = $"{{\"model\":\"{facts.Model}\",\"usage\":{{\"total\":{facts.InputTokens}}},\"user_id\":\"{facts.User}\"}}";
        return new Draw(trace.Name, trace.Number, "recorded").Of(
            $"Result: {json}", $"\n```json\n{json}\n```", $"\u200B{json}", $"OK {json.Replace('"', '\'')} so",
            $"\"{json.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", $"Reply(content='So.', model='{facts.Model}', tokens={facts.OutputTokens})",
            $"https://a.example/?q=1&model={facts.Model}&tokens={facts.OutputTokens}",
            $"<usage><model>{facts.Model}</model></usage>", $"\nmodel: {facts.Model}\nlatency_ms: {facts.Milliseconds}\nSo.");
    }

    private static object Child(PlannedTrace trace, char kind, int second, string name, object[] attributes, params object[] events) =>
        Child(trace, kind, second, name, attributes, 0, events);

    private static object Child(PlannedTrace trace, char kind, int second, string name, object[] attributes, int round, params object[] events) =>
        Span(trace, $"{kind}{round:x7}{trace.RootId[8..]}", trace.RootId, second, 20, name, attributes, 0, events);

    private static object Event(int second, int score, string verdict) => new
    {
        timeUnixNano = Nanos(second),
        name = "gen_ai.evaluation.result",
        attributes = new[]
        {
            Text("gen_ai.evaluation.name", "tone"), Number("gen_ai.evaluation.score.value", score),
            Text("gen_ai.evaluation.score.label", verdict),
        },
    };

    private static object Span(
        PlannedTrace trace, string spanId, string parentSpanId, int second, int milliseconds, string name, object[] attributes, int status,
        object[] events) => new
        {
            traceId = trace.TraceId,
            spanId,
            parentSpanId,
            name,
            kind = 3,
            startTimeUnixNano = Nanos(second),
            endTimeUnixNano = Nanos(second, milliseconds),
            attributes,
            events,
            status = new { code = status },
        };

    private static string Nanos(int second, int milliseconds = 0) =>
        $"{((Start.AddSeconds(second) - DateTimeOffset.UnixEpoch).Ticks * 100) + (milliseconds * 1_000_000L)}";

    private static object Text(string key, string value) => new { key, value = new { stringValue = value } };

    private static object Number(string key, int value) => new { key, value = new { intValue = $"{value}" } };
}
