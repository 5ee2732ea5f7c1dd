using Plumbline.Contracts.Traces;
using Plumbline.Features.Reviews.Subject;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Of a trace that span is judged whose answer a reviewer can read.</summary>
public sealed class JudgedSpanTests
{
    private const string Record = """{"state":{"model":"gpt-4o"},"steps":[1,2]}""";

    [Theory]
    [InlineData("It is on its way.", "root")]
    [InlineData("""{"output":"It is on its way.","model":"gpt-4o"}""", "root")]
    [InlineData(Record, "late")]
    [InlineData("", "late")]
    [InlineData(null, "late")]
    public void Root_IsJudgedWhenItsOutputCanBeRead_ElseTheLastGeneration(string? output, string judged) =>
        Assert.Equal(judged, Of(
            Span("root", SpanKind.Chain, 1, output), Span("early", SpanKind.Generation, 2, "Wait."), Span("late", SpanKind.Generation, 3, "So."),
            Span("tool", SpanKind.Tool, 4, "x")));

    [Fact]
    public void Root_IsJudgedWhenNothingCanBeRead() =>
        Assert.Equal("root", Of(Span("root", SpanKind.Chain, 1, Record), Span("late", SpanKind.Generation, 3, Record)));

    [Fact]
    public void Generation_IsJudgedWhenOnlyItHasAnOutput() =>
        Assert.Equal("late", Of(Span("root", SpanKind.Chain, 1, null), Span("late", SpanKind.Generation, 3, Record)));

    /// <summary>What an evaluator has a model say is the score.</summary>
    [Theory]
    [InlineData(Record, "answer")]
    [InlineData(null, "answer")]
    public void Generation_OfAnEvaluator_IsNeverJudged(string? output, string judged) =>
        Assert.Equal(judged, Of(
            Span("root", SpanKind.Chain, 1, output), Span("answer", SpanKind.Generation, 2, "So."), Span("judge", SpanKind.Evaluator, 3, "9 of 10"),
            Span("asked", SpanKind.Generation, 4, "9 of 10", parent: "judge"), Span("step", SpanKind.Chain, 5, "9", parent: "judge"),
            Span("deep", SpanKind.Generation, 6, "9 of 10", parent: "step")));

    [Theory]
    [InlineData(Record)]
    [InlineData(null)]
    public void Root_IsJudgedWhenOnlyAnEvaluatorHasAnOutput(string? output) =>
        Assert.Equal("root", Of(
            Span("root", SpanKind.Chain, 1, output), Span("judge", SpanKind.Evaluator, 3, "9 of 10"),
            Span("asked", SpanKind.Generation, 4, "9 of 10", parent: "judge")));

    [Fact]
    public void TraceOfAnEvaluator_StandsForItself() =>
        Assert.Equal("root", Of(Span("root", SpanKind.Evaluator, 1, Record), Span("asked", SpanKind.Generation, 2, "9 of 10")));

    /// <summary>Neither does a circle of parents keep anybody busy.</summary>
    [Fact]
    public void EvaluatorsInACircle_AreFound() =>
        Assert.Equal("answer", Of(
            Span("root", SpanKind.Chain, 1, null), Span("answer", SpanKind.Generation, 2, "So."), Span("judge", SpanKind.Evaluator, 3, "9", parent: "asked"),
            Span("asked", SpanKind.Generation, 4, "9", parent: "judge")));

    private static string? Of(params SpanView[] spans) => JudgedSpan.Of([.. spans])?.SpanId;

    private static SpanView Span(string id, SpanKind kind, long start, string? output, string parent = "root") => new()
    {
        Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Name = id,
        Status = SpanStatus.Ok,
        DurationMs = 1,
        SpanId = id,
        ParentSpanId = id == "root" ? null : parent,
        Kind = kind,
        StartUnixNano = start,
        Output = output,
    };
}
