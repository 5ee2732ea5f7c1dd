using System.Text.Json.Serialization;
using System.Threading.Channels;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.ObjectStore.Tests.Journals;

/// <summary>A context that runs one continuation after another, as a grain's does.</summary>
public sealed class Turns : SynchronizationContext
{
    private readonly Channel<(SendOrPostCallback Callback, object? State)> _work = Channel.CreateUnbounded<(SendOrPostCallback, object?)>();

    public override void Post(SendOrPostCallback d, object? state) => _work.Writer.TryWrite((d, state));

    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Task<T>? running = null;
        Post(_ => running = EndAsync(work), null);
        await foreach (var (callback, state) in _work.Reader.ReadAllAsync()) Run(callback, state);
        return await running!;
    }

    private async Task<T> EndAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        finally
        {
            _work.Writer.Complete();
        }
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        callback(state);
        SetSynchronizationContext(before);
    }
}

/// <summary>State that notes where it was changed.</summary>
public sealed class TurnWatch : IJournaledState<TallyEvent>
{
    [JsonIgnore] public List<SynchronizationContext?> Contexts { get; } = [];

    public void Apply(TallyEvent happened) => Contexts.Add(SynchronizationContext.Current);
}
