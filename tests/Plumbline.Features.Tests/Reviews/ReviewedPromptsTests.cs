using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Reviews.PassRates;

namespace Plumbline.Features.Tests.Reviews;

public sealed class ReviewedPromptsTests
{
    private static readonly ProjectKey Project = new(RandomId.New(), RandomId.New());

    private static readonly ImmutableArray<SpanView> Trace =
    [
        Span("root", null, null, null),
        Span("plan", "root", "planner", "3"),
        Span("step", "root", null, null),
        Span("write", "step", "writer", "1"),
        Span("again", "step", "writer", "1"),
        Span("named", "root", "writer", "draft"),
        Span("aside", null, "planner", "9"),
    ];

    [Fact]
    public void Of_SpanThatNamesAVersion_IsThatVersion() => Assert.Equal([new PromptUse("planner", 3)], ReviewedPrompts.Of(Trace, "plan"));

    [Fact]
    public void Of_SpanThatNamesNone_IsWhatWasNamedBelowIt() =>
        Assert.Equal([new PromptUse("planner", 3), new PromptUse("writer", 1)], ReviewedPrompts.Of(Trace, "root").OrderBy(u => u.Name, StringComparer.Ordinal));

    [Theory]
    [InlineData("named")] // a version that is no number is none of ours
    [InlineData("missing")]
    public void Of_SpanWithoutAny_IsEmpty(string spanId) => Assert.Empty(ReviewedPrompts.Of(Trace, spanId));

    [Fact]
    public void Of_ParentsInACircle_Ends() => Assert.Equal([new PromptUse("p", 1)], ReviewedPrompts.Of([Span("a", "b", null, null), Span("b", "a", "p", "1")], "a"));

    private static SpanView Span(string id, string? parent, string? prompt, string? version) => new()
    {
        Project = Project,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = id,
        ParentSpanId = parent,
        Name = id,
        Kind = SpanKind.Chain,
        StartUnixNano = 0,
        DurationMs = 1,
        Status = SpanStatus.Ok,
        PromptName = prompt,
        PromptVersion = version,
    };
}
