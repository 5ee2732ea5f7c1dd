namespace Orleans.Runtime.Calls;

/// <summary>Reads tasks that have completed.</summary>
internal static class Outcome
{
#pragma warning disable VSTHRD002, RS0030 // the task has completed: nothing is waited for
    public static T ResultOf<T>(Task<T> completed) => completed.GetAwaiter().GetResult();

    /// <summary>What the task failed with; null when it did not. A cancelled task gives the exception that its method threw, message and stack kept.</summary>
    public static Exception? FailureOf(Task completed)
    {
        if (completed.IsCompletedSuccessfully) return null;
        if (completed.Exception is { } failure) return failure.InnerExceptions.Count == 1 ? failure.InnerExceptions[0] : failure;
        try
        {
            completed.GetAwaiter().GetResult();
            return null;
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }
    }
#pragma warning restore VSTHRD002, RS0030
}

/// <summary>The result of a method that has none.</summary>
internal readonly struct Nothing;
