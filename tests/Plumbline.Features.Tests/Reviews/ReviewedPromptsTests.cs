using System.Collections.Immutable;
using System.Text;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Reviews.PassRates;
using Plumbline.Features.Tests.Traces;

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
    public void Of_ParentsInACircle_Ends() =>
        Assert.Equal([new PromptUse("p", 1)], ReviewedPrompts.Of([Span("a", "b", null, null), Span("b", "a", "p", "1")], "a"));

    [Fact]
    public async Task OfAsync_SpansThatComeLate_AreSeenWhenTheAnswerIsNoLongerKept()
    {
        await using var host = await TracesHost.StartAsync();
        await host.SendAsync(1);
        var root = new SpanReference(TracesHost.Id(1), TracesHost.Id(1)[..16]);
        using var prompts = new ReviewedPrompts(host.Reader, host.Product.Clock);
        async Task<ImmutableArray<PromptUse>> UsesAsync() => (await prompts.OfAsync(host.Tenant.Key, [root], CancellationToken.None))[root];

        Assert.Empty(await UsesAsync());
        await SendCallAsync(host, root);
        host.Product.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Empty(await UsesAsync());
        host.Product.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([new PromptUse("writer", 1)], await UsesAsync());
    }

    private static async Task SendCallAsync(TracesHost host, SpanReference parent)
    {
        var at = (TracesHost.Start - DateTimeOffset.UnixEpoch).Ticks * 100;
        var attributes =
            """[{"key":"plumbline.prompt.name","value":{"stringValue":"writer"}},{"key":"plumbline.prompt.version","value":{"stringValue":"1"}}]""";
        var span =
            $$"""{"traceId":"{{parent.TraceId}}","spanId":"00000000000000cc","parentSpanId":"{{parent.SpanId}}","name":"call","startTimeUnixNano":"{{at}}","endTimeUnixNano":"{{at}}","attributes":{{attributes}}}""";
        var body = Encoding.UTF8.GetBytes($$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{span}}]}]}]}""");
        var outcome = await host.Product.Get<ITraceIngest>().IngestAsync(
            new(host.Tenant.Key, "production", IngestSignal.Traces, IngestEncoding.Json, body), CancellationToken.None);
        Assert.Equal(1, outcome.Accepted);
    }

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
