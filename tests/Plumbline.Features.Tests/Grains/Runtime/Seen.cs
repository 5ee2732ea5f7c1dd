using System.Collections.Concurrent;

namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>What grains did, told even after they are gone. Keys are unique to a test.</summary>
internal static class Seen
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Events = new();
    private static readonly ConcurrentDictionary<(string, string), TaskCompletionSource> Waiters = new();

    public static void Add(string key, string what)
    {
        Events.GetOrAdd(key, _ => new()).Enqueue(what);
        Signal(key, what).TrySetResult();
    }

    public static string Of(string key) => string.Join(' ', Events.GetOrAdd(key, _ => new()));

    public static int Count(string key, string what) => Events.GetOrAdd(key, _ => new()).Count(e => e == what);

    /// <summary>Done when it has happened.</summary>
    public static Task Until(string key, string what) => Signal(key, what).Task.WaitAsync(TimeSpan.FromSeconds(60));

    private static TaskCompletionSource Signal(string key, string what) =>
        Waiters.GetOrAdd((key, what), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Something a grain waits for until the test opens it.</summary>
internal static class Gate
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new();

    public static Task Opened(string name) => Of(name).Task;

    public static void Open(string name) => Of(name).TrySetResult();

    private static TaskCompletionSource Of(string name) => Gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
