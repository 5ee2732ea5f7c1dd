using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;
using Plumbline.Contracts;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Playground;
using Plumbline.Features.Playground.Api;
using Plumbline.Features.Playground.Models;
using Plumbline.Features.Playground.Providers;
using Plumbline.Features.Playground.State;
using Plumbline.Features.Tests.Prompts;
using Plumbline.Otlp;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Playground;

public sealed class PlaygroundRunGrainTests(PlaygroundRunGrainTests.Fixture shared) : IClassFixture<PlaygroundRunGrainTests.Fixture>
{
    private readonly ProjectKey _project = new(RandomId.New(), RandomId.New());

    private IPlaygroundRunGrain Run(ProductHost host, string? id = null) => host.Grains.GetGrain<IPlaygroundRunGrain>(_project.Child(id ?? RandomId.New()));

    private static NewPlaygroundRun New(string model = DemoModel.Echo, string providerId = ModelProviderView.DemoId) => new()
    {
        PromptName = "answer",
        PromptNumber = 3,
        InputsJson = """{"question":"Why?"}""",
        Messages = [new("system", [new("Be brief.", null)]), new("user", [new("Answer Why?", null)])],
        Content = PromptMother.Content(),
        ProviderId = providerId,
        Model = model,
        StartedBy = "cccccccccccc",
    };

    private static async Task<(string Text, PlaygroundRunView? Finished, int Pieces)> WatchAsync(IPlaygroundRunGrain run)
    {
        var (text, pieces, finished) = ("", 0, (PlaygroundRunView?)null);
        await foreach (var update in run.WatchAsync(CancellationToken.None))
        {
            Assert.Null(finished);
            (text, pieces) = (text + update.Text, pieces + (update.Text is null ? 0 : 1));
            finished = update.Finished;
        }
        return (text, finished, pieces);
    }

    private async Task<string> AddProviderAsync(ProductHost host, string baseUrl, decimal? budget = null) =>
        (await host.Grains.GetGrain<IModelProvidersGrain>(_project.ToString()).SaveAsync(new()
        {
            Name = "Fake",
            Kind = ModelProviderKind.OpenaiCompatible,
            BaseUrl = baseUrl,
            SealedSecret = host.Get<ProviderSecrets>().Seal(_project, "sk-verysecretkey"),
            SecretHint = "…tkey",
            MonthlyBudgetUsd = budget,
        })).ProviderId;

    [Fact]
    public async Task Demo_Echo_StreamsAndFinishes()
    {
        var host = await shared.HostAsync();
        var run = Run(host);
        var started = await run.StartAsync(New());
        Assert.Equal(RunStatus.Running, started.Status);
        var (text, finished, _) = await WatchAsync(run);
        Assert.Contains("not a language model", text);
        Assert.EndsWith("Answer Why?", text);
        Assert.Equal((RunStatus.Succeeded, text, "stop"), (finished!.Status, finished.Output, finished.FinishReason));
        Assert.True(finished.Tokens!.Total > 0);
        Assert.NotNull(finished.TimeToFirstTokenMs);
        Assert.Contains("\"model\":\"demo-echo\"", finished.RequestPayloadJson);
    }

    [Fact]
    public async Task Demo_Fail_KeepsTheTextSoFar()
    {
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New(DemoModel.Fail));
        var (text, finished, _) = await WatchAsync(run);
        Assert.Equal(RunStatus.Failed, finished!.Status);
        Assert.Equal("demo_failure", finished.Error!.Code);
        Assert.NotEmpty(text);
        Assert.Equal(text, finished.Output);
    }

    [Fact]
    public async Task Watch_LateAndAfterReload_GivesTheWholeText()
    {
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New());
        var (text, finished, _) = await WatchAsync(run);
        var late = await WatchAsync(run);
        Assert.Equal((text, 1), (late.Text, late.Pieces));
        await host.ReloadAsync(run);
        var reloaded = await WatchAsync(run);
        Assert.Equal((text, 1), (reloaded.Text, reloaded.Pieces));
        Assert.Equivalent(finished, reloaded.Finished);
    }

    [Fact]
    public async Task Watch_JoinedInTheMiddle_GivesTheTextSoFarAndTheRest()
    {
        await using var provider = await FakeProvider.StartAsync();
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New("waiting", await AddProviderAsync(host, provider.BaseUrl)));
        var first = run.WatchAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        Assert.Equal("First. ", (await run.FindAsync())!.Output);
        var second = run.WatchAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await second.MoveNextAsync());
        Assert.Equal("First. ", second.Current.Text);
        provider.Go();
        Assert.True(await second.MoveNextAsync());
        Assert.Equal("Second.", second.Current.Text);
        await first.DisposeAsync();
        await second.DisposeAsync();
        Assert.Equal("First. Second.", (await WatchAsync(run)).Finished!.Output);
    }

    [Fact]
    public async Task News_OfARunWhoseProcessEnds_TellNothingTwice_AndHowItEnded()
    {
        await using var provider = await FakeProvider.StartAsync();
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New("waiting", await AddProviderAsync(host, provider.BaseUrl)));
        await using var news = new RunNews(run, TimeProvider.System).WatchAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await news.MoveNextAsync());
        Assert.Equal("First. ", news.Current.Text);
        await host.ReloadAsync(run);
        Assert.True(await news.MoveNextAsync());
        Assert.Equal((null, RunStatus.Failed), (news.Current.Text, news.Current.Finished!.Status));
        Assert.Equal("First. ", news.Current.Finished.Output);
        Assert.False(await news.MoveNextAsync());
    }

    [Fact]
    public async Task Cancel_WhileRunning_StopsAndKeepsTheText()
    {
        await using var provider = await FakeProvider.StartAsync();
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New("waiting", await AddProviderAsync(host, provider.BaseUrl)));
        await foreach (var update in run.WatchAsync(CancellationToken.None)) break;
        var cancelled = await run.CancelAsync();
        Assert.Equal((RunStatus.Cancelled, "First. "), (cancelled.Status, cancelled.Output));
        Assert.Equal(RunStatus.Cancelled, (await run.CancelAsync()).Status);
    }

    [Fact]
    public async Task Provider_Refuses_RunFailsInItsWords()
    {
        await using var provider = await FakeProvider.StartAsync();
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New("limited", await AddProviderAsync(host, provider.BaseUrl)));
        var finished = (await WatchAsync(run)).Finished!;
        Assert.Equal(new ProviderErrorView(429, "rate_limit_exceeded", "Slow down, ***.", true), finished.Error);
        Assert.DoesNotContain("verysecret", JsonSerializer.Serialize(finished));
        Assert.Equal("Bearer sk-verysecretkey", provider.LastAuthorization);
    }

    [Fact]
    public async Task Run_TooLong_Fails()
    {
        await using var provider = await FakeProvider.StartAsync();
        var host = await shared.HostAsync();
        using var limits = host.Set<PlaygroundOptions>(o => (o.MaxRunTime, o.MaxSilence) = (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)));
        var run = Run(host);
        await run.StartAsync(New("waiting", await AddProviderAsync(host, provider.BaseUrl)));
        await foreach (var update in run.WatchAsync(CancellationToken.None)) break;
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("timeout", (await WatchAsync(run)).Finished!.Error!.Code);
    }

    [Fact]
    public async Task Server_DiedMeanwhile_RunIsFailedWhenLookedAt()
    {
        var host = await shared.HostAsync();
        var id = RandomId.New();
        var left = new PlaygroundRunView
        {
            Project = _project,
            RunId = id,
            Status = RunStatus.Running,
            PromptName = "answer",
            PromptNumber = 1,
            InputsJson = "{}",
            RequestPayloadJson = "{}",
            Messages = ImmutableArray<RenderedMessage>.Empty,
            StartedBy = "c",
            StartedAt = host.Clock.GetUtcNow(),
            ProviderId = "demo",
            Model = "m",
        };
        var storage = host.Services.GetRequiredKeyedService<IGrainStorage>("grains");
        await storage.WriteStateAsync("run", Run(host, id).GetGrainId(), new GrainState<PlaygroundRunState>(new() { Run = left }));
        var found = await Run(host, id).FindAsync();
        Assert.Equal((RunStatus.Failed, "interrupted"), (found!.Status, found.Error!.Code));
    }

    [Fact]
    public async Task Runs_TooManyAtOnce_AreRefusedUntilOneEnds()
    {
        await using var provider = await FakeProvider.StartAsync();
        var host = await shared.HostAsync();
        using var limits = host.Set<PlaygroundOptions>(o => o.MaxRunsAtOnce = 1);
        var providerId = await AddProviderAsync(host, provider.BaseUrl);
        var first = Run(host);
        await first.StartAsync(New("waiting", providerId));
        Assert.Equal(FailureCode.RateLimited, (await Assert.ThrowsAsync<RequestFailedException>(() => Run(host).StartAsync(New()))).Code);
        await first.CancelAsync();
        Assert.Equal(RunStatus.Running, (await Run(host).StartAsync(New())).Status);
    }

    [Fact]
    public async Task Budget_Spent_RunIsRefused()
    {
        var host = await shared.HostAsync();
        var providerId = await AddProviderAsync(host, "https://example.com", budget: 17);
        await host.Grains.GetGrain<IModelProvidersGrain>(_project.ToString()).RecordSpendAsync(providerId, 23);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => Run(host).StartAsync(New("m", providerId)));
        Assert.Equal(FailureCode.RateLimited, refused.Code);
        // Whoever may run prompts may be one who is still to judge what others ran.
        Assert.DoesNotContain(refused.Message, char.IsDigit);
    }

    [Fact]
    public async Task Start_Twice_IsOneRun()
    {
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New());
        await WatchAsync(run);
        Assert.Equal(RunStatus.Succeeded, (await run.StartAsync(New(DemoModel.Fail))).Status);
        Assert.Single(shared.Sent(_project));
    }

    [Fact]
    public async Task Trace_OfAFinishedRun_NamesThePromptVersion()
    {
        var host = await shared.HostAsync();
        var run = Run(host);
        await run.StartAsync(New());
        var finished = (await WatchAsync(run)).Finished!;
        var sent = Assert.Single(shared.Sent(_project));
        var span = Assert.Single(new SpanMapper(new()).MapTraces(sent, OtlpEncoding.Protobuf, MappingSettings.Default).Batch.ToRecords());
        Assert.Equal((finished.TraceId, "answer", "3"), (span.TraceId.ToString(), span.PromptName, span.PromptVersion));
        Assert.Equal(finished.Tokens!.Input, span.InputTokens);
        Assert.Contains("Answer Why?", span.OutputMessagesJson, StringComparison.Ordinal);
        Assert.Contains("\"gen_ai.request.temperature\":0.2", span.AttributesJson, StringComparison.Ordinal);
    }

    /// <summary>The product with a recorder in the place of its trace store.</summary>
    public sealed class Fixture : ProductFixture
    {
        private readonly RecordingIngest _ingest = new();

        public IEnumerable<byte[]> Sent(ProjectKey project) => _ingest.Requests.Where(r => r.Project == project).Select(r => r.Body);

        private protected override void Configure(IServiceCollection services)
        {
            services.RemoveAll<ITraceIngest>().AddSingleton<ITraceIngest>(_ingest);
            services.Configure<PlaygroundOptions>(o => o.AllowPrivateAddresses = true);
        }
    }

    /// <summary>Keeps what a trace store would get.</summary>
    private sealed class RecordingIngest : ITraceIngest
    {
        public ConcurrentQueue<(ProjectKey Project, byte[] Body)> Requests { get; } = [];

        public ValueTask<IngestOutcome> IngestAsync(IngestRequest request, CancellationToken cancellationToken)
        {
            Requests.Enqueue((request.Project, request.Body.ToArray()));
            return ValueTask.FromResult(new IngestOutcome(IngestStatus.Accepted, 1, 0, []));
        }
    }
}
