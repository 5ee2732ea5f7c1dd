using System.Collections.Concurrent;
using System.Reflection;

namespace Plumbline.Host.Tests.Api;

/// <summary>Counts the calls that go to grains, by method.</summary>
internal sealed class GrainCalls(IGrainFactory inner) : IGrainFactory
{
    private readonly ConcurrentDictionary<string, int> _byMethod = new();

    /// <summary>Runs something and tells what it called.</summary>
    public async Task<(T Answer, IReadOnlyDictionary<string, int> Calls)> DuringAsync<T>(Func<Task<T>> run)
    {
        _byMethod.Clear();
        var answer = await run();
        return (answer, _byMethod.ToDictionary());
    }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey =>
        Counted(inner.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix));

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey =>
        Counted(inner.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => inner.GetGrain(grainInterfaceType, grainPrimaryKey);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable => inner.GetGrain<TGrainInterface>(grainId);

    private T Counted<T>(T grain)
    {
        var proxy = DispatchProxy.Create<T, Counting>();
        ((Counting)(object)proxy!).Of(grain!, method => _byMethod.AddOrUpdate(method, 1, (_, count) => count + 1));
        return proxy;
    }

    /// <summary>A reference that says when it is used.</summary>
    public class Counting : DispatchProxy
    {
        private object _grain = null!;
        private Action<string> _called = null!;

        internal void Of(object grain, Action<string> called) => (_grain, _called) = (grain, called);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _called($"{targetMethod!.DeclaringType!.Name}.{targetMethod.Name}");
            return targetMethod.Invoke(_grain, args);
        }
    }
}
