using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>Merged selection sets, planned for each object type when a value of it first comes along.</summary>
internal sealed class SelectionPlan
{
    private readonly PlanCompiler _compiler;
    private readonly SelectionSetNode[] _sets;
    private readonly ObjectPlan? _only;
    private readonly ObjectPlan?[] _byType;

    public SelectionPlan(PlanCompiler compiler, NamedType type, SelectionSetNode[] sets)
    {
        _compiler = compiler;
        _sets = sets;
        // A concrete type is planned at once so that its parents know whether anything below may wait; an abstract one may have many types.
        _only = type is ObjectType concrete ? compiler.Compile(concrete, sets) : null;
        _byType = _only is null ? new ObjectPlan?[compiler.Schema.ObjectTypes.Length] : [];
        MayWait = _only is null || _only.Waiting.Length > 0;
    }

    public bool MayWait { get; }

    /// <summary>The plan when the type is known without looking at the value.</summary>
    public ObjectPlan? Only => _only;

    public ObjectPlan For(ObjectType type) => _only ?? (_byType[type.Index] ??= _compiler.Compile(type, _sets));
}
