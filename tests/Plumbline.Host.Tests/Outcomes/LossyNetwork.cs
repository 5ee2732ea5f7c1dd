using System.Reflection;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Traces.Grains;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>A network between grains that loses one call, or its reply. Only calls that change something: the others are sent again by the
/// product without anybody's notice.</summary>
internal sealed class LossyNetwork : IOutgoingGrainCallFilter
{
    private readonly Lock _turn = new();
    private readonly List<string> _seen = [];
    private string? _wanted;
    private (string Name, GrainId Target)? _lostBefore;
    private Loss _loss;
    private int _left;

    /// <summary>The changing calls of a piece of work, those that grains make of each other too: each by its name and how often there was
    /// one before it.</summary>
    public async Task<IReadOnlyList<string>> ChangesDuringAsync(Func<Task> work)
    {
        Arm(null, Loss.Reply, 0);
        await work();
        lock (_turn) return [.. _seen];
    }

    /// <summary>Has the network lose a call.</summary>
    /// <param name="call">Which, as <see cref="ChangesDuringAsync"/> names it, counted from now on.</param>
    /// <param name="loss">What is lost of it.</param>
    /// <param name="times">How often in a row, when it is sent again.</param>
    public void Lose(string call, Loss loss, int times) => Arm(call, loss, times);

    /// <summary>Loses nothing any more.</summary>
    /// <returns>Whether all that was to be lost has been.</returns>
    public bool Stop()
    {
        lock (_turn)
        {
            var done = _left == 0;
            (_wanted, _left) = (null, 0);
            return done;
        }
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var lost = IsChange(context.InterfaceMethod) && Take(context);
        if (lost && _loss == Loss.Call) throw Rejection();
        if (lost && _loss == Loss.Storage) throw Failure.Unavailable("The disk is full. Nothing was changed.");
        await context.Invoke();
        if (lost && _loss == Loss.Reply) throw new TimeoutException("The reply was lost.");
    }

    // Only the runtime itself makes them.
    private static Exception Rejection() =>
        (Exception)Activator.CreateInstance(
            typeof(OrleansMessageRejectionException), BindingFlags.NonPublic | BindingFlags.Instance, null, ["Lost before it ran."], null)!;

    // Telemetry has its own rules and its own tests.
    private static bool IsChange(MethodInfo method) =>
        method.DeclaringType!.Assembly == typeof(RepeatableAttribute).Assembly && method.DeclaringType != typeof(ITraceShardGrain)
            && !method.IsDefined(typeof(RepeatableAttribute));

    private bool Take(IOutgoingGrainCallContext context)
    {
        lock (_turn)
        {
            var name = $"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name}";
            var call = $"{name} {_seen.Count(s => s.StartsWith(name + " ", StringComparison.Ordinal)) + 1}";
            _seen.Add(call);
            if (_left == 0 || (_lostBefore is { } before ? before != (name, context.TargetId) : call != _wanted)) return false;
            (_lostBefore, _left) = ((name, context.TargetId), _left - 1);
            return true;
        }
    }

    private void Arm(string? call, Loss loss, int times)
    {
        lock (_turn)
        {
            _seen.Clear();
            (_wanted, _lostBefore, _loss, _left) = (call, null, loss, times);
        }
    }
}

/// <summary>What a network loses.</summary>
internal enum Loss
{
    /// <summary>The reply to a call that ran.</summary>
    Reply,

    /// <summary>The call, before it ran.</summary>
    Call,

    /// <summary>Nothing: the grain that was called could not write, and says so.</summary>
    Storage,
}
