using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Notes +tag, waits for the gate, notes -tag.</summary>
    Task<string> Work(string tag, string? gate = null);
    [AlwaysInterleave] Task<string> WorkBeside(string tag, string? gate = null);
    [ReadOnly] Task<string> Read(string tag, string? gate = null);
    Task<int> Answer();
    Task<int> CallBack(IProbeGrain other, bool allow);
    Task<int> AskMe(IProbeGrain caller);
    Task Throw(string kind);
    Task<string> After(string how);
    Task UntilCancelled(CancellationToken cancellationToken);
    Task<bool> WasCalled(CancellationToken cancellationToken);
    IAsyncEnumerable<int> Count(int to, int throwAt = -1, string? gateAt3 = null, CancellationToken cancellationToken = default);
    Task StartTimer(bool interleave, bool throws, string? gate = null);
    Task StopTimer();
    [AlwaysInterleave] Task Deactivate();
    Task<string> Flow();
    [OneWay] Task Forget(string tag);
    Task<int> Default() => Task.FromResult(41);
    Task<string> Overload(int x);
    Task<string> Overload(string x);
    ValueTask<int> Value(int x);
    Task<IProbeGrain> Self();
    Task<T> Echo<T>(T value);
    Task<bool> ScopeIsMine();
    [ResponseTimeout("00:00:00.200")] Task Impatient(string gate);
}

internal sealed class ProbeGrain(ScopedThing scoped, IServiceProvider services, IGrainContextAccessor accessor) : Grain, IProbeGrain, IDisposable
{
    public static readonly AsyncLocal<string?> Local = new();

    private IGrainTimer? _timer;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Seen.Add(Key, "activate");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Seen.Add(Key, $"deactivate:{reason.ReasonCode}");
        await Task.Yield();
        Seen.Add(Key, "deactivated");
        if (Key.Contains("badend")) throw new InvalidOperationException("end");
    }

    public void Dispose() => Seen.Add(Key, $"dispose:{(scoped.IsDisposed ? "scope-first" : "grain-first")}");

    public async Task<string> Work(string tag, string? gate = null)
    {
        Seen.Add(Key, "+" + tag);
        if (gate is not null) await Gate.Opened(gate);
        Seen.Add(Key, "-" + tag);
        return tag;
    }

    public Task<string> WorkBeside(string tag, string? gate = null) => Work(tag, gate);

    public Task<string> Read(string tag, string? gate = null) => Work(tag, gate);

    public Task<int> Answer() => Task.FromResult(42);

    public async Task<int> CallBack(IProbeGrain other, bool allow)
    {
        if (!allow) return await other.AskMe(this.AsReference<IProbeGrain>());
        using var section = RequestContext.AllowCallChainReentrancy();
        return await other.AskMe(this.AsReference<IProbeGrain>());
    }

    public Task<int> AskMe(IProbeGrain caller) => caller.Answer();

    public async Task Throw(string kind)
    {
        await Task.Yield();
        throw kind switch
        {
            "argument" => new ArgumentNullException(nameof(kind), "msg"),
            "marked" => new MarkedException("m", 42),
            "plain" => new PlainException("p"),
            "cancelled" => new OperationCanceledException("c"),
            _ => new InvalidOperationException(kind),
        };
    }

    public async Task<string> After(string how)
    {
        switch (how)
        {
            case "yield": await Task.Yield(); break;
            case "taskrun": return await Task.Run(Where);
            case "run-then-await": await Task.Run(() => { }); break;
            default: await Task.Run(() => { }).ConfigureAwait(false); await Task.Yield(); break;
        }
        return Where();
        string Where()
        {
            try
            {
                this.RegisterGrainTimer(() => Task.CompletedTask, TimeSpan.FromHours(1), TimeSpan.FromHours(1)).Dispose();
                return accessor.GrainContext is { } context && context.GrainId.Key.ToString() == Key ? "in" : "lost";
            }
            catch (InvalidOperationException)
            {
                return "out";
            }
        }
    }

    public async Task UntilCancelled(CancellationToken cancellationToken)
    {
        cancellationToken.Register(() => Seen.Add(Key, accessor.GrainContext is null ? "callback:out" : "callback:in"));
        Seen.Add(Key, "running");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Seen.Add(Key, "cancelled");
            throw;
        }
    }

    public Task<bool> WasCalled(CancellationToken cancellationToken)
    {
        Seen.Add(Key, "called");
        return Task.FromResult(true);
    }

    public async IAsyncEnumerable<int> Count(int to, int throwAt = -1, string? gateAt3 = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var i = 0; i < to; i++)
            {
                if (i == throwAt) throw new InvalidOperationException("at " + i);
                if (i == 3 && gateAt3 is not null) await Gate.Opened(gateAt3).WaitAsync(cancellationToken);
                yield return i;
            }
        }
        finally
        {
            Seen.Add(Key, "finally");
        }
    }

    public Task StartTimer(bool interleave, bool throws, string? gate = null)
    {
        var second = TimeSpan.FromSeconds(1);
        var ticks = 0;
        _timer = this.RegisterGrainTimer(
            async _ =>
            {
                Seen.Add(Key, $"tick{++ticks}");
                if (throws) throw new InvalidOperationException("tick");
                if (gate is not null) await Gate.Opened(gate);
                Seen.Add(Key, $"tock{ticks}");
            },
            new GrainTimerCreationOptions { DueTime = second, Period = second, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> Flow() => Task.FromResult($"{RequestContext.Get("k") ?? "null"} {Local.Value ?? "null"} {System.Diagnostics.Activity.Current?.OperationName ?? "null"}");

    public Task Forget(string tag)
    {
        Seen.Add(Key, tag);
        throw new InvalidOperationException("nobody sees");
    }

    public Task<string> Overload(int x) => Task.FromResult("int");

    public Task<string> Overload(string x) => Task.FromResult("string");

    public ValueTask<int> Value(int x) => new(x + 1);

    public Task<IProbeGrain> Self() => Task.FromResult(this.AsReference<IProbeGrain>());

    public Task<T> Echo<T>(T value) => Task.FromResult(value);

    public Task<bool> ScopeIsMine() => Task.FromResult(ReferenceEquals(services.GetService(typeof(ScopedThing)), scoped) && ReferenceEquals(ServiceProvider.GetService(typeof(ScopedThing)), scoped));

    public Task Impatient(string gate) => Gate.Opened(gate);
}

[GenerateSerializer]
public sealed class MarkedException(string message, int code) : Exception(message)
{
    [Id(0)] public int Code { get; } = code;
}

public sealed class PlainException(string message) : Exception(message);
