using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using Plumbline.Contracts;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>A grain that does as a test bids and notes what it did.</summary>
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Notes +tag, waits for the gate, notes -tag.</summary>
    Task Work(string tag, string? gate = null);

    [AlwaysInterleave]
    Task WorkBeside(string tag, string? gate = null);

    Task<int> Answer();

    Task Throw(string kind);

    Task UntilCancelled(CancellationToken cancellationToken);

    [ResponseTimeout("00:00:00.200")]
    Task Impatient(CancellationToken cancellationToken);

    /// <summary>Takes longer than a silo lets a call be at work without telling of it.</summary>
    [ResponseTimeout("00:00:09")]
    Task Slow(CancellationToken cancellationToken);

    Task<bool> WasCalled(CancellationToken cancellationToken);

    IAsyncEnumerable<int> Count(int to, int throwAt = -1, string? gateAt3 = null, CancellationToken cancellationToken = default);

    [AlwaysInterleave]
    Task Deactivate();

    /// <summary>What came along with the call: its request context, and what was set around it in the caller's flow.</summary>
    Task<string> Flow();
}

[GrainType("test.probe")]
internal sealed class ProbeGrain : Grain, IProbeGrain
{
    public static readonly AsyncLocal<string?> Local = new();

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
        if (Key.Contains("badend", StringComparison.Ordinal)) throw new InvalidOperationException("end");
    }

    public async Task Work(string tag, string? gate = null)
    {
        Seen.Add(Key, "+" + tag);
        if (gate is not null) await Gate.Opened(gate);
        Seen.Add(Key, "-" + tag);
    }

    public Task WorkBeside(string tag, string? gate = null) => Work(tag, gate);

    public Task<int> Answer() => Task.FromResult(42);

    public async Task Throw(string kind)
    {
        await Task.Yield();
        throw kind switch
        {
            "ours" => Failure.Conflict("Words for the caller."),
            "wrapped" => new OrleansException("around", Failure.Unavailable("Words for the caller.")),
            "disk" => new StorageUnavailableException("name", StorageFault.Full, "no space is left"),
            _ => new InvalidOperationException(kind),
        };
    }

    public async Task UntilCancelled(CancellationToken cancellationToken)
    {
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

    public Task Impatient(CancellationToken cancellationToken) => UntilCancelled(cancellationToken);

    public Task Slow(CancellationToken cancellationToken) => UntilCancelled(cancellationToken);

    public Task<bool> WasCalled(CancellationToken cancellationToken)
    {
        Seen.Add(Key, "called");
        return Task.FromResult(true);
    }

    public async IAsyncEnumerable<int> Count(
        int to, int throwAt = -1, string? gateAt3 = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> Flow() => Task.FromResult($"{RequestContext.Get("k") ?? "none"} {Local.Value ?? "none"}");
}

/// <summary>A grain that cannot be opened.</summary>
public interface IBadActivationGrain : IGrainWithStringKey
{
    Task<int> Hello();
}

[GrainType("test.badactivation")]
internal sealed class BadActivationGrain : Grain, IBadActivationGrain
{
    private static int _attempts;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"cannot start {Interlocked.Increment(ref _attempts)}");

    public Task<int> Hello() => Task.FromResult(1);
}
