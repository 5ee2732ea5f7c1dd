using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Comments;
using Plumbline.Features.Datasets;
using Plumbline.Features.Prompts;
using Plumbline.Features.Reviews;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

/// <summary>The product with traces in it, sent as OTLP.</summary>
internal sealed class TracesHost(ProductHost product, Tenant tenant) : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 7, 9, 0, 0, TimeSpan.Zero);

    public ProductHost Product => product;

    public Tenant Tenant => tenant;

    public ITraceReader Reader => product.Get<ITraceReader>();

    public TraceListResolvers Lists => ActivatorUtilities.CreateInstance<TraceListResolvers>(product.Services);

    public TimeRange Day => new(Start.AddHours(-1), Start.AddHours(23));

    public static async Task<TracesHost> StartAsync(Action<TracesOptions>? configure = null)
    {
        var product = await ProductHost.StartAsync(services =>
        {
            services.AddTraces().AddReviews().AddDatasets().AddPrompts().AddComments().AddDataProtection();
            services.Configure<TracesOptions>(o => configure?.Invoke(o));
        });
        return new TracesHost(product, await product.AddTenantAsync("acme"));
    }

    /// <summary>A new tenant on a host that others use too.</summary>
    public static async Task<TracesHost> OnAsync(ProductFixture shared)
    {
        var product = await shared.HostAsync();
        return new TracesHost(product, await product.AddTenantAsync());
    }

    /// <summary>The id of the numbered trace; consecutive ones fall to different shards.</summary>
    public static string Id(int number) => $"{number:x8}{number:x16}{number:x2}000000";

    public string NodeOf(int number) => NodeId.Format(NodeKinds.Trace, tenant.Key, Id(number));

    /// <summary>Sends one chat span for each number, a second after each other, and so much longer each.</summary>
    public Task<IngestOutcome> SendAsync(params int[] numbers) => SendAsync(numbers, isError: true, null);

    /// <summary>The same without errors, and with one more attribute.</summary>
    public Task<IngestOutcome> SendHealthyAsync(int[] numbers, string? attribute = null) => SendAsync(numbers, isError: false, attribute);

    private async Task<IngestOutcome> SendAsync(int[] numbers, bool isError, string? attribute) => await product.Get<ITraceIngest>().IngestAsync(
        new(
            tenant.Key, "production", IngestSignal.Traces, IngestEncoding.Json,
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Request(numbers, isError, attribute)))), default);

    /// <summary>Puts the numbered traces in a queue that the person reviews in.</summary>
    public async Task<IReviewQueueGrain> BlindAsync(string userId, params int[] numbers) => await QueueAsync(userId, 2, numbers);

    /// <summary>The same with so many reviews an item.</summary>
    public async Task<IReviewQueueGrain> QueueAsync(string userId, int reviewsPerItem, params int[] numbers)
    {
        var queueId = RandomId.New();
        var queue = product.Grains.GetGrain<IReviewQueueGrain>(tenant.Key.Child(queueId));
        await queue.CreateAsync(new NewReviewQueue
        {
            Name = "Refunds",
            Instructions = "Right?",
            Blinding = new BlindingRules(true, true, true, true, true),
            ReviewsPerItem = reviewsPerItem,
            LeaseMinutes = 20,
            ReasoningRequired = ReasoningRequired.Never,
            ReviewerIds = [userId],
            CreatedBy = "boss",
        });
        await product.Grains.GetGrain<IReviewQueuesGrain>(tenant.Key.ToString()).AddAsync(queueId);
        await queue.AddAsync([.. numbers.Select(n => new NewReviewItem(new SpanReference(Id(n), Id(n)[..16]), null))], "boss");
        return queue;
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    private static object Request(int[] numbers, bool isError, string? attribute) => new
    {
        resourceSpans = new[] { new
        {
            resource = new { attributes = new[] { Text("service.name", "shop") } },
            scopeSpans = new[] { new { spans = numbers.Select(n => Span(n, isError, attribute)) } },
        } },
    };

    private static object Span(int number, bool isError, string? attribute)
    {
        var start = (Start.AddSeconds(number) - DateTimeOffset.UnixEpoch).Ticks * 100;
        return new
        {
            traceId = Id(number),
            spanId = Id(number)[..16],
            name = $"chat {number}",
            kind = 3,
            startTimeUnixNano = $"{start}",
            endTimeUnixNano = $"{start + number * 1_000_000_000L}",
            status = new { code = isError ? 2 : 1, message = "secret status" },
            attributes = new object[]
            {
                new
                {
                    key = "gen_ai.usage.input_tokens", value = new { intValue = "1000000" },
                }, new { key = "gen_ai.usage.cost", value = new { doubleValue = 0.25 } },
                Text("gen_ai.operation.name", "chat"), Text("gen_ai.provider.name", "openai"), Text(
                    "gen_ai.request.model", $"model-{number}"), Text("session.id", $"visit-{number % 2}"), Text("user.id",
                    $"customer-{number % 3}"), Text(attribute
                        ?? "note", "secret note"),
                Text("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"secret question"}]}]"""),
                Text("gen_ai.output.messages", """[{"role":"assistant","parts":[{"type":"text","content":"secret answer"}],"finish_reason":"stop"}]"""),
            },
        };
    }

    private static object Text(string key, string value) => new { key, value = new { stringValue = value } };
}
