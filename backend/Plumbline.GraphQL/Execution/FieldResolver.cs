namespace Plumbline.GraphQL.Execution;

/// <summary>How one field of one object type gets its value; checked at start-up, compiled when it is first asked for: most of a schema's
/// fields are not asked for in the life of a process.</summary>
internal sealed class FieldResolver
{
    /// <summary>Gets the raw value: the value itself, or a <see cref="Task{TResult}"/> of object that is still running.</summary>
    public required Lazy<Func<object?, object?[], RequestExecution, FieldPlan, object?>> Resolve { get; init; }

    /// <summary>Writes a leaf straight from the parent without boxing; false when it is null. Only for properties of leaf types.</summary>
    public Lazy<Func<object, ResultWriter, bool>>? WriteLeaf { get; init; }

    /// <summary>Whether the value may come later (tasks, batched loads): such fields start before their siblings are written.</summary>
    public bool MayWait { get; init; }

    /// <summary>Coerced input values to .NET arguments, one an argument of the field.</summary>
    public Func<object?, object?>[] ArgumentConverters { get; init; } = [];

    /// <summary>Opens the source stream of a subscription field; null elsewhere.</summary>
    public Lazy<Func<object?[], RequestExecution, FieldPlan, IAsyncEnumerable<object?>>>? Subscribe { get; init; }
}
