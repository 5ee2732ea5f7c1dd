using Orleans.Runtime.Activations;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Streams;

/// <summary>One step of reading a stream. It runs beside anything and does not hold up the activation's end.</summary>
internal sealed class StreamPull<T> : Request<StreamBatch<T>>
{
    private readonly Func<Activation, Task<StreamBatch<T>>> _step;
    private readonly bool _first;

    public StreamPull(GrainRuntime runtime, string name, bool first, Func<Activation, Task<StreamBatch<T>>> step, CancellationToken callerToken)
    {
        (Runtime, Name, _first, _step) = (runtime, name, first, step);
        (CallerToken, AlwaysInterleave) = (callerToken, true);
    }

    public override string Name { get; }

    public override bool BelongsToActivation => !_first;

    public override bool HoldsActivation => false;

    protected override GrainRuntime Runtime { get; }

    protected override Task Run(Activation activation) => _step(activation);

    protected override StreamBatch<T> ResultOf(Task completed)
    {
        var batch = Outcome.ResultOf((Task<StreamBatch<T>>)completed);
        return Runtime.Copier is { } copier ? batch with { Items = [.. batch.Items.Select(copier.Copy)] } : batch;
    }
}
