using System.Collections.Concurrent;

namespace Plumbline.Host.Tests.Api;

/// <summary>Counts the calls that go to grains from outside of them, by method.</summary>
internal sealed class GrainCalls : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _byMethod = new();

    /// <summary>Runs something and tells what it called.</summary>
    public async Task<(T Answer, IReadOnlyDictionary<string, int> Calls)> DuringAsync<T>(Func<Task<T>> run)
    {
        _byMethod.Clear();
        var answer = await run();
        return (answer, _byMethod.ToDictionary());
    }

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        var method = context.InterfaceMethod;
        // The runtime looks after itself with calls of its own, whenever it pleases.
        if (context.SourceId is null && method.DeclaringType!.Namespace!.StartsWith("Plumbline.", StringComparison.Ordinal))
            _byMethod.AddOrUpdate($"{method.DeclaringType!.Name}.{method.Name}", 1, (_, count) => count + 1);
        return context.Invoke();
    }
}
