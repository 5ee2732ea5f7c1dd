using System.Runtime.CompilerServices;

namespace Plumbline.GraphQL.Binding.Compile;

/// <summary>Brings what resolvers return to one form: the value when it is there, a task of object when it is not.</summary>
internal static class Awaiting
{
#pragma warning disable VSTHRD002 // the task has completed
    public static object? OfTask<T>(Task<T> task) => task.IsCompletedSuccessfully ? task.GetAwaiter().GetResult() : Box(task);

    public static object? OfValueTask<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.GetAwaiter().GetResult() : Box(task.AsTask());
#pragma warning restore VSTHRD002

    private static async Task<object?> Box<T>(Task<T> task) => await task.ConfigureAwait(false);

    public static async IAsyncEnumerable<object?> OfStream<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in source.WithCancellation(cancellationToken)) yield return item;
    }
}
