using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Activations;
using Orleans.Runtime.Calls;
using Orleans.Runtime.Classes;
using Orleans.Runtime.Copying;

namespace Orleans.Runtime;

/// <summary>The runtime of one process: makes references, sends calls, keeps activations.</summary>
internal sealed class GrainRuntime : IGrainFactory, IGrainReferenceRuntime, IGrainContextAccessor, IDisposable
{
    private readonly ConcurrentDictionary<MethodInfo, GrainMethod> _methods = new();
    private readonly ConcurrentDictionary<TimeSpan, ResponseDeadlines> _deadlines = new();
    private readonly TimeSpan _responseTimeout;

    public GrainRuntime(
        IServiceProvider services,
        TimeProvider time,
        ILogger<GrainRuntime> logger,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        IOptions<EmbeddedOptions> embedded)
    {
        (Services, Time, Logger, Collection) = (services, time, logger, collection.Value);
        (_responseTimeout, MaxWaiting) = (messaging.Value.ResponseTimeout, messaging.Value.MaxEnqueuedRequestsHardLimit);
        Copier = embedded.Value.Strict ? new MessageCopier() : null;
        Classes = GrainClassMap.OfProcess();
        Directory = new(this, Classes);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public GrainCollectionOptions Collection { get; }

    public int MaxWaiting { get; }

    /// <summary>Set in strict mode.</summary>
    public MessageCopier? Copier { get; }

    public GrainClassMap Classes { get; }

    public ActivationDirectory Directory { get; }

    public IGrainContext? GrainContext => Activation.Current;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return GrainReference.Create<TGrainInterface>(this, GrainId.Create(Classes.Of(typeof(TGrainInterface), grainClassNamePrefix).GrainType, primaryKey));
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey =>
        GrainReference.Create<TGrainInterface>(this, GrainId.Create(Classes.Of(typeof(TGrainInterface), grainClassNamePrefix).GrainType, primaryKey.ToString("N")));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        return (IGrain)(object)GrainReference.Create(this, GrainId.Create(Classes.Of(grainInterfaceType).GrainType, grainPrimaryKey), grainInterfaceType);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable => GrainReference.Create<TGrainInterface>(this, grainId);

    public object? Send(GrainId target, MethodInfo method, object?[] arguments) => _methods.GetOrAdd(method, GrainMethod.Of).Send(this, target, arguments);

    public void Deliver(GrainId target, Request request) => Directory.Deliver(target, request);

    /// <summary>Gives the call up when it is not answered in time.</summary>
    public void Expect<T>(Request<T> request, TimeSpan? timeout)
    {
        var limit = timeout ?? _responseTimeout;
        if (limit != Timeout.InfiniteTimeSpan) request.Deadline = _deadlines.GetOrAdd(limit, static limit => new(limit)).Add(request.Name, request.Abandon);
    }

    /// <summary>Takes a request that nobody waits for out of the queue it is in; one that is between queues is skipped when its turn comes.</summary>
    public void Withdraw(Request request) => request.List?.Owner?.Withdraw(request);

    public void Dispose()
    {
        foreach (var deadlines in _deadlines.Values) deadlines.Dispose();
    }
}
