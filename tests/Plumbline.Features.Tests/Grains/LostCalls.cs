using System.Globalization;
using System.Reflection;

namespace Plumbline.Features.Tests.Grains;

/// <summary>Loses calls on their way to a grain, or their replies, as a failing network would.</summary>
internal sealed class LostCalls : IOutgoingGrainCallFilter
{
    private readonly Queue<(string Method, Exception Failure, bool AfterItRan)> _plan = [];

    /// <summary>How often each method was called.</summary>
    public Dictionary<string, int> Sent { get; } = [];

    /// <summary>The failure that says that a call did not run; the runtime alone can make one.</summary>
    public static OrleansMessageRejectionException Rejection() => (OrleansMessageRejectionException)Activator.CreateInstance(
        typeof(OrleansMessageRejectionException), BindingFlags.Instance | BindingFlags.NonPublic, null, ["Rejected."], CultureInfo.InvariantCulture)!;

    public void LoseNext(string method, Exception failure, bool afterItRan = false) => _plan.Enqueue((method, failure, afterItRan));

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var method = context.MethodName;
        Sent[method] = Sent.GetValueOrDefault(method) + 1;
        var lost = _plan.TryPeek(out var next) && next.Method == method;
        if (lost) _plan.Dequeue();
        if (!lost || next.AfterItRan) await context.Invoke();
        if (lost) throw next.Failure;
    }
}
