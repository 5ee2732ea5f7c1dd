using System.Collections.Concurrent;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>A document that was read and validated, with its plans.</summary>
internal sealed class PreparedDocument
{
    private const int MaxPlans = 32;
    private const int MaxConditions = 64;

    private readonly Schema _schema;
    private readonly string[] _conditions;
    private readonly ConcurrentDictionary<(OperationDefinitionNode Operation, ulong Conditions), OperationPlan> _plans = new();

    public PreparedDocument(Schema schema, DocumentNode document, IReadOnlyList<GraphQLError> errors)
    {
        _schema = schema;
        Document = document;
        Errors = errors;
        foreach (var fragment in document.Definitions.OfType<FragmentDefinitionNode>()) Fragments.TryAdd(fragment.Name.Value, fragment);
        Operations = [.. document.Definitions.OfType<OperationDefinitionNode>()];
        _conditions = errors.Count == 0 ? ConditionVariables.Of(document) : [];
    }

    public DocumentNode Document { get; }

    /// <summary>What validation found; empty when the document may run.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }

    public Dictionary<string, FragmentDefinitionNode> Fragments { get; } = new(StringComparer.Ordinal);

    public OperationDefinitionNode[] Operations { get; }

    public OperationPlan Plan(OperationDefinitionNode operation, IReadOnlyDictionary<string, object?> variables)
    {
        if (_conditions.Length > MaxConditions) return Build(operation, variables);
        var outcome = 0UL;
        for (var i = 0; i < _conditions.Length; i++)
        {
            if (variables.TryGetValue(_conditions[i], out var value) && value is true) outcome |= 1UL << i;
        }
        if (_plans.TryGetValue((operation, outcome), out var known)) return known;
        var plan = Build(operation, variables);
        if (_plans.Count < MaxPlans) _plans.TryAdd((operation, outcome), plan);
        return plan;
    }

    private OperationPlan Build(OperationDefinitionNode operation, IReadOnlyDictionary<string, object?> variables)
    {
        var outcomes = _conditions.ToDictionary(c => c, c => variables.TryGetValue(c, out var value) && value is true, StringComparer.Ordinal);
        return new OperationPlan(_schema, this, operation, name => outcomes.GetValueOrDefault(name));
    }
}

/// <summary>The variables that decide what is skipped or included.</summary>
internal static class ConditionVariables
{
    public static string[] Of(DocumentNode document)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var definition in document.Definitions)
        {
            if (definition is OperationDefinitionNode operation) Visit(operation.SelectionSet, names);
            else if (definition is FragmentDefinitionNode fragment) Visit(fragment.SelectionSet, names);
        }
        return [.. names];
    }

    private static void Visit(SelectionSetNode? set, HashSet<string> names)
    {
        if (set is null) return;
        foreach (var selection in set.Selections)
        {
            foreach (var directive in selection.Directives)
            {
                if (directive.Name.Value is not ("skip" or "include")) continue;
                foreach (var argument in directive.Arguments)
                {
                    if (argument.Value is VariableNode variable) names.Add(variable.Name.Value);
                }
            }
            if (selection is FieldNode field) Visit(field.SelectionSet, names);
            else if (selection is InlineFragmentNode inline) Visit(inline.SelectionSet, names);
        }
    }
}
