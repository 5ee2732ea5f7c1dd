namespace Plumbline.GraphQL.Execution;

/// <summary>An object some of whose fields had to be resolved before writing.</summary>
internal sealed class ResolvedObject(object? value, ObjectPlan plan)
{
    public readonly object? Value = value;
    public readonly ObjectPlan Plan = plan;

    /// <summary>By <see cref="FieldPlan.Slot"/>: a value, a <see cref="ResolvedObject"/>, a <see cref="ResolvedList"/> or a
    /// <see cref="FieldFailure"/>.</summary>
    public readonly object?[] Slots = new object?[plan.Waiting.Length];
}

/// <summary>A list with such objects in it.</summary>
internal sealed class ResolvedList(object?[] items)
{
    public readonly object?[] Items = items;
}

/// <summary>A field whose resolver failed.</summary>
internal sealed class FieldFailure(Exception exception)
{
    public readonly Exception Exception = exception;
}
