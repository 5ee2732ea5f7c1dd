using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Playground;
using Plumbline.Features.Playground.Models;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Playground;

/// <summary>What is asked again, and what is never asked twice.</summary>
public sealed class ProviderRepeatsTests
{
    private const string NobodyThere = "http://127.0.0.1:1/v1";

    private readonly PauseClock _clock;
    private readonly PlaygroundOptions _options = new() { AllowPrivateAddresses = true };
    private readonly List<string> _told = [];

    public ProviderRepeatsTests() => _clock = new(_options);

    [Theory]
    [InlineData("busy-once", 3)]
    [InlineData("unavailable-once", 7)]
    public async Task Refusal_WithATimeToComeBack_IsRepeatedThen(string model, double seconds)
    {
        await using var provider = await FakeProvider.StartAsync();
        await RunAsync(provider.BaseUrl, model);
        Assert.Equal(["At last."], _told);
        Assert.Equal(2, provider.Calls);
        Assert.InRange(Assert.Single(_clock.Pauses).TotalSeconds, seconds, seconds * 1.25);
    }

    [Fact]
    public async Task Refusal_AgainAndAgain_IsToldWithTheNumberOfTries()
    {
        await using var provider = await FakeProvider.StartAsync();
        var error = await FailAsync(provider.BaseUrl, "busy");
        Assert.Equal(new ProviderErrorView(429, null, "Too many requests. (tried 3 times)", true), error);
        Assert.Equal((3, 2), (provider.Calls, _clock.Pauses.Count));
    }

    [Fact]
    public async Task Refusal_ForLongerThanARunWaits_IsToldAtOnce()
    {
        await using var provider = await FakeProvider.StartAsync();
        var error = await FailAsync(provider.BaseUrl, "busy-for-long");
        Assert.Equal("Too many requests. (it asks to wait 3600 seconds)", error.Message);
        Assert.Equal((1, 0), (provider.Calls, _clock.Pauses.Count));
    }

    [Theory]
    [InlineData("limited")]
    [InlineData("overloaded")]
    [InlineData("failing")]
    [InlineData("page")]
    [InlineData("reset")]
    [InlineData("cut")]
    [InlineData("aborted")]
    [InlineData("error")]
    public async Task WhatTheProviderMayHaveBegun_IsNotAskedForTwice(string model)
    {
        await using var provider = await FakeProvider.StartAsync();
        var error = await FailAsync(provider.BaseUrl, model);
        Assert.DoesNotContain("tried", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (provider.Calls, _clock.Pauses.Count));
    }

    [Fact]
    public async Task Silence_AfterTheQuestion_IsNotAskedForTwice()
    {
        _options.MaxSilence = TimeSpan.FromMilliseconds(200);
        await using var provider = await FakeProvider.StartAsync();
        Assert.Equal("timeout", (await FailAsync(provider.BaseUrl, "silent")).Code);
        Assert.Equal((1, 0), (provider.Calls, _clock.Pauses.Count));
    }

    [Fact]
    public async Task Connection_Refused_IsTriedAgainAfterGrowingPauses()
    {
        var error = await FailAsync(NobodyThere, "good");
        Assert.Equal(("unreachable", true), (error.Code, error.Retryable));
        Assert.EndsWith("(tried 3 times)", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _clock.Pauses.Count);
        Assert.All(_clock.Pauses, p => Assert.InRange(p, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Connection_ThatTakesTooLong_IsTriedAgain()
    {
        (_options.ConnectTimeout, _options.MaxRepeats) = (TimeSpan.FromMilliseconds(200), 1);
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var error = await FailAsync($"https://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}/v1", "good");
        Assert.Equal("unreachable", error.Code);
        Assert.EndsWith("(tried 2 times)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_InOnesOwnNetwork_IsNotTriedAgain()
    {
        _options.AllowPrivateAddresses = false;
        Assert.Equal("unreachable", (await FailAsync(NobodyThere, "good")).Code);
        Assert.Empty(_clock.Pauses);
    }

    [Fact]
    public async Task Repeats_None_TriesOnce()
    {
        _options.MaxRepeats = 0;
        await using var provider = await FakeProvider.StartAsync();
        Assert.Equal("Too many requests.", (await FailAsync(provider.BaseUrl, "busy")).Message);
        Assert.Equal(1, provider.Calls);
    }

    [Fact]
    public async Task Cancel_InAPause_ActsAtOnce()
    {
        await using var provider = await FakeProvider.StartAsync();
        using var cancellation = new CancellationTokenSource();
        _clock.Hold = true;
        var run = RunAsync(provider.BaseUrl, "busy", cancellationToken: cancellation.Token);
        await _clock.Paused;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(1, provider.Calls);
    }

    /// <summary>A grain's turns are a scheduler of its own; what a second try tells must come there too.</summary>
    [Fact]
    public async Task SecondTry_TellsOnTheCallersContext()
    {
        await using var provider = await FakeProvider.StartAsync();
        var turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var seen = new List<TaskScheduler>();
        await Task.Factory.StartNew(
            () => RunAsync(provider.BaseUrl, "busy-once", () => seen.Add(TaskScheduler.Current)), CancellationToken.None,
            TaskCreationOptions.None, turns).Unwrap();
        Assert.NotEmpty(seen);
        Assert.All(seen, s => Assert.Same(turns, s));
    }

    private async Task RunAsync(string baseUrl, string model, Action? also = null, CancellationToken cancellationToken = default)
    {
        var options = Options.Create(_options);
        using var http = new GuardedHttp(options);
        var provider = new ModelProviderView
        {
            Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
            ProviderId = "p",
            Name = "p",
            Kind = ModelProviderKind.OpenaiCompatible,
            BaseUrl = baseUrl,
        };
        var body = ChatRequestBody.Write(model, [new("user", [new("Hi", null)])], new PromptContent());
        await new OpenAiChatModel(http, new ProviderRepeats(_clock, options), _clock, options).StreamAsync(new(provider, null, model, [], body), happened =>
        {
            if (happened is TextArrived text) _told.Add(text.Text);
            also?.Invoke();
        }, cancellationToken);
    }

    private async Task<ProviderErrorView> FailAsync(string baseUrl, string model) =>
        (await Assert.ThrowsAsync<ProviderFailure>(() => RunAsync(baseUrl, model))).Error;

    /// <summary>Real time but for pauses between tries, which are over at once or, when held, never. The other timer is the limit of silence.</summary>
    private sealed class PauseClock(PlaygroundOptions options) : TimeProvider
    {
        private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<TimeSpan> Pauses { get; } = [];

        public bool Hold { get; set; }

        public Task Paused => _paused.Task;

        public override DateTimeOffset GetUtcNow() => new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == options.MaxSilence) return base.CreateTimer(callback, state, dueTime, period);
            Pauses.Add(dueTime);
            _paused.TrySetResult();
            return base.CreateTimer(callback, state, Hold ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, period);
        }
    }
}
