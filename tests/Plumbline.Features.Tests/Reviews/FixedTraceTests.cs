using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Reviews.Subject;
using Plumbline.Features.Tests.Traces;
using Plumbline.Features.Traces;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>All who judge an item are shown the same, whatever is sent of the spans around it meanwhile.</summary>
public sealed class FixedTraceTests : IAsyncLifetime
{
    private const string Judged = "1000000000000000";
    private const string Retriever = "2000000000000000";
    private const string Unsent = "8000000000000000";
    private static readonly BlindingRules Rules = new(true, true, true, true, true);
    private readonly CalledQueues _calls = new();
    private TracesHost _host = null!;
    private string _reviewer = "";

    public async ValueTask InitializeAsync()
    {
        var product = await ProductHost.StartAsync(services =>
        {
            services.AddTraces().AddReviews().AddDatasets().AddPrompts().AddComments().AddDataProtection();
            services.AddSingleton<IIncomingGrainCallFilter>(_calls);
        });
        _host = new TracesHost(product, await product.AddTenantAsync("acme"));
        _reviewer = (await product.AddMemberAsync(_host.Tenant, Role.Sme)).UserId!;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string, string> Copies => new()
    {
        { "as an evaluator's", Span(Retriever, Unsent, 5, "EVALUATOR") },
        { "below another", Span(Retriever, "9000000000000000", 5, "RETRIEVER") + "," + Span("9000000000000000", "", 5, "EVALUATOR") },
        { "with other documents", Span(Retriever, Unsent, 5, "RETRIEVER", "Refunds take ten thousand days, and more than that.") },
        { "as one that began later", Span("3000000000000000", Judged, 9, "RETRIEVER", "Never.") },
        { "with a parent that judges", Span(Unsent, "", 1, "EVALUATOR") },
        { "with a parent below one that judges", Span("9000000000000000", "", 1, "EVALUATOR") + "," + Span(Unsent, "9000000000000000", 1, "CHAIN") },
        { "with the judged one below one that judges", Span(Judged, "9000000000000000", 1, "LLM") + "," + Span("9000000000000000", "", 1, "EVALUATOR") },
        { "of a later one as an earlier", Span("4000000000000000", "", 1, "RETRIEVER") },
        { "of a later one below the judged", Span("4000000000000000", Judged, 99, "RETRIEVER") },
        { "of the parent of a later one below the judged", Span("7000000000000000", Judged, 99, "CHAIN") },
    };

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task WhatIsShownAroundAnAnswer_StaysAsItWasGiven(string _, string copy)
    {
        await SendAsync(
            Span(Judged, "", 10, "LLM", output: "In five days."), Span(Retriever, Unsent, 5, "RETRIEVER", "Refunds take five days."),
            Span("4000000000000000", "7000000000000000", 99, "RETRIEVER", "Looked up afterwards."));
        var queue = await QueueAsync();
        await queue.ClaimAsync(_reviewer);
        var given = await ShownAsync();
        Assert.Contains("Refunds take five days.", given, StringComparison.Ordinal);
        Assert.DoesNotContain("afterwards", given, StringComparison.Ordinal);
        await SendAsync(copy);
        Assert.Equal(given, await ShownAsync());
        await SendAsync(copy);
        Assert.Equal(given, await ShownAsync());
    }

    [Fact]
    public async Task WhatIsAroundAnAnswer_StillGrows_UntilItIsGiven()
    {
        await SendAsync(Span(Judged, "", 10, "LLM", output: "In five days."));
        await QueueAsync();
        await SendAsync(Span(Retriever, Unsent, 5, "RETRIEVER", "Refunds take five days."));
        Assert.Contains("Refunds take five days.", await ShownAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpansOfOtherTraces_AreStored_WithoutAskingAnyQueue()
    {
        await SendAsync(Span(Judged, "", 10, "LLM", output: "In five days."));
        var queue = await QueueAsync();
        for (var more = 0; more < 20; more++) await QueueAsync();
        await queue.ClaimAsync(_reviewer);
        await ShownAsync();
        await _host.SendAsync(1, 2, 3);
        _calls.Clear();
        await _host.SendAsync(4, 5, 6);
        Assert.Equal(0, _calls.Of("WhichJudgedAsync"));
        await SendAsync(Span(Judged, "", 10, "LLM", output: "Never, I am afraid, not even then."));
        Assert.True(_calls.Of("WhichJudgedAsync") > 0);
        Assert.Contains("In five days.", await ShownAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasGiven_IsKnown_AfterTheListOfQueuesWasClosed()
    {
        await SendAsync(Span(Judged, "", 10, "LLM", output: "In five days."));
        var queue = await QueueAsync();
        await queue.ClaimAsync(_reviewer);
        var given = await ShownAsync();
        await _host.Product.ReloadAsync(_host.Product.Grains.GetGrain<IReviewQueuesGrain>(_host.Tenant.Key.ToString()));
        await SendAsync(Span(Judged, "", 10, "LLM", output: "Never, I am afraid, not even then."));
        Assert.Equal(given, await ShownAsync());
    }

    [Fact]
    public async Task WhatHasARightAnswer_IsFixed_FromWhenItIsAdded()
    {
        await SendAsync(Span(Judged, "", 10, "LLM", output: "In five days."));
        var queue = await QueueAsync(isFilled: false);
        await _host.SendAsync(1);
        await queue.AddAsync([new(Reference, new GoldenAnswer(Label.Pass, "Right."))], "boss");
        await SendAsync(Span(Judged, "", 10, "LLM", output: "Never, I am afraid, not even then."));
        Assert.Contains("In five days.", await ShownAsync(), StringComparison.Ordinal);
    }

    private static SpanReference Reference => new(TracesHost.Id(77), Judged);

    private async Task<IReviewQueueGrain> QueueAsync(bool isFilled = true)
    {
        var queue = await _host.QueueAsync(_reviewer, 2);
        if (isFilled) await queue.AddAsync([new(Reference, null)], "boss");
        return queue;
    }

    private async Task<string> ShownAsync()
    {
        var subject = await _host.Product.Get<SubjectReader>().ReadAsync(_host.Tenant.Key, Reference, Rules, default);
        return JsonSerializer.Serialize(new { Answer = subject.Output.Select(m => m.Text), Documents = subject.Documents.Select(d => d.Content) });
    }

    private async Task SendAsync(params string[] spans)
    {
        var json = $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}""";
        var sent = await _host.Product.Get<ITraceIngest>().IngestAsync(
            new(_host.Tenant.Key, "production", IngestSignal.Traces, IngestEncoding.Json, Encoding.UTF8.GetBytes(json)), default);
        Assert.Equal(0, sent.Rejected);
    }

    private static string Span(string spanId, string parent, int second, string kind, string? document = null, string? output = null)
    {
        var attributes = new List<object> { A("openinference.span.kind", kind) };
        if (document is not null) attributes.Add(A("retrieval.documents.0.document.content", document));
        if (output is not null) attributes.Add(A("llm.output_messages.0.message.role", "assistant"));
        if (output is not null) attributes.Add(A("llm.output_messages.0.message.content", output));
        var start = TracesHost.Start.AddSeconds(second).ToUnixTimeMilliseconds();
        return JsonSerializer.Serialize(new
        {
            traceId = TracesHost.Id(77),
            spanId,
            parentSpanId = parent,
            name = kind,
            startTimeUnixNano = $"{start}000000",
            endTimeUnixNano = $"{start + 100}000000",
            attributes,
        });
    }

    private static object A(string key, string value) => new { key, value = new { stringValue = value } };

    /// <summary>Counts calls by the name of their method.</summary>
    private sealed class CalledQueues : IIncomingGrainCallFilter
    {
        private readonly ConcurrentDictionary<string, int> _calls = new();

        public void Clear() => _calls.Clear();

        public int Of(string method) => _calls.GetValueOrDefault(method);

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod is { } method) _calls.AddOrUpdate(method.Name, 1, (_, before) => before + 1);
            return context.Invoke();
        }
    }
}
