using Plumbline.Features.Traces.Shards;
using Plumbline.TraceStore;

namespace Plumbline.Features.Tests.Traces;

/// <summary>What is left of a trace without what evaluators said of it.</summary>
public sealed class ScoresTests
{
    private static readonly SpanRecord Answer = Span(1, 0, StoredKind.Generation);

    [Fact]
    public void Without_EvaluatorsAndWhatTheyCalled_LeavesTheOtherSpans()
    {
        var tool = Span(2, 1, StoredKind.Tool);
        SpanRecord[] judged = [Answer, tool, Span(3, 1, StoredKind.Evaluator), Span(4, 3, StoredKind.Chain), Span(5, 4, StoredKind.Generation)];
        Assert.Equal([Answer, tool], Scores.Without(judged));
    }

    [Theory]
    [InlineData("""{"a":1,"gen_ai.evaluation.score.value":9,"b":[{"c":"ü"}]}""", """{"a":1,"b":[{"c":"ü"}]}""")]
    [InlineData("""{"annotations.0.label":"bad","x.evaluations.0.score":0}""", "{}")]
    [InlineData("""{"note":"gen_ai.evaluation.score.value is kept apart"}""", """{"note":"gen_ai.evaluation.score.value is kept apart"}""")]
    public void Without_AttributesThatCarryScores_LeavesTheOthersAsTheyWere(string before, string after) =>
        Assert.Equal(after, Scores.Without([Answer with { AttributesJson = before }])[0].AttributesJson);

    [Fact]
    public void Without_ResultsOfEvaluations_LeavesOtherEventsWithoutScores()
    {
        const string before = """
            [{"name":"gen_ai.evaluation.result","time":1,"attributes":{"x":1}},{"name":"note","time":2,"attributes":{"gen_ai.evaluation.name":"tone","y":2}}]
            """;
        Assert.Equal("""[{"name":"note","time":2,"attributes":{"y":2}}]""", Scores.Without([Answer with { EventsJson = before }])[0].EventsJson);
    }

    [Fact]
    public void Without_WhatIsNestedDeep_IsRead()
    {
        var deep = $$"""{"a":{{new string('[', 200)}}{{new string(']', 200)}},"gen_ai.evaluation.name":"tone"}""";
        Assert.DoesNotContain("tone", Scores.Without([Answer with { AttributesJson = deep }])[0].AttributesJson, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_ATraceOfAnEvaluatorAlone_IsNothing() =>
        Assert.Empty(Scores.Without([Span(1, 0, StoredKind.Evaluator), Span(2, 1, StoredKind.Generation)]));

    private static SpanRecord Span(ulong id, ulong parent, StoredKind kind) => new()
    {
        TraceId = new TraceId(1, 1),
        SpanId = new SpanId(id),
        ParentSpanId = new SpanId(parent),
        Kind = kind,
        Name = $"span {id}",
        StartUnixNano = 1_700_000_000_000_000_000,
    };
}
