using System.Collections.Concurrent;
using Plumbline.Contracts;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Tells when the server has begun to watch the traces of a project: what comes after that is heard.</summary>
internal sealed class Watches
{
    private const string Begins = "StartEnumeration";
    private const string Shard = "traceshard";
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    /// <summary>Ends when somebody begins to watch the project's traces, from now on.</summary>
    public Task NextAsync(ProjectKey project) =>
        (_awaited[project.ToString()] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>A call that has been sent to a grain.</summary>
    public void Note(IOutgoingGrainCallContext call)
    {
        if (call.InterfaceMethod?.Name != Begins || call.TargetId.Type.ToString() != Shard) return;
        // A project's shards have its key and a number.
        var key = call.TargetId.Key.ToString()!;
        if (_awaited.TryGetValue(key[..key.LastIndexOf('/')], out var begun)) begun.TrySetResult();
    }
}
