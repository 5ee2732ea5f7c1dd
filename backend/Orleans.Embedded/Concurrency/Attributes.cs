namespace Orleans.Concurrency;

/// <summary>The method only reads: it may run beside another read that started first. It is no isolation; see <see cref="AlwaysInterleaveAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>Every call of the grain may start while others wait for something.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>The method starts whatever else runs, and holds up nobody.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>Names a static method of the class, <c>bool Name(string method)</c>, that says whether a call may interleave.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    /// <summary>The method's name.</summary>
    public string CallbackMethodName { get; } = callbackMethodName;
}

/// <summary>The caller does not wait for the call, and does not learn how it ended.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>The grain keeps nothing between calls: a key may have several activations at once.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    /// <summary>As many workers as the machine has processors.</summary>
    public StatelessWorkerAttribute() : this(Environment.ProcessorCount) { }

    /// <summary>At most so many workers, at least 1.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocalWorkers = maxLocalWorkers;

    /// <summary>The most activations a key may have at once.</summary>
    public int MaxLocalWorkers { get; }
}
