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

    private static string? Of(params SpanView[] spans) => JudgedSpan.Of([.. spans])?.SpanId;

    private static SpanView Span(string id, SpanKind kind, long start, string? output) => new()
    {
        Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Name = id,
        Status = SpanStatus.Ok,
        DurationMs = 1,
        SpanId = id,
        ParentSpanId = id == "root" ? null : "root",
        Kind = kind,
        StartUnixNano = start,
        Output = output,
    };
}
