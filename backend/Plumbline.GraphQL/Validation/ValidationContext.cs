using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>Where the walk is, what it has seen, and what was found.</summary>
internal sealed class ValidationContext
{
    private readonly Dictionary<string, FragmentDefinitionNode> _fragments = new(StringComparer.Ordinal);
    private readonly int _maxErrors;

    public ValidationContext(Schema schema, DocumentNode document, int maxErrors, bool suggests)
    {
        Suggests = suggests;
        Schema = schema;
        Document = document;
        _maxErrors = maxErrors;
        foreach (var definition in document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment) _fragments[fragment.Name.Value] = fragment;
        }
    }

    public Schema Schema { get; }

    public DocumentNode Document { get; }

    public List<GraphQLError> Errors { get; } = [];

    /// <summary>Whether messages may name parts of the schema that the document does not.</summary>
    public bool Suggests { get; }

    /// <summary>The composite type whose fields are being selected, if known.</summary>
    public NamedType? ParentType { get; set; }

    /// <summary>The field being visited, if it exists.</summary>
    public FieldDefinition? Field { get; set; }

    /// <summary>What each operation and fragment uses directly.</summary>
    public Dictionary<DefinitionNode, DefinitionUse> Uses { get; } = [];

    public FragmentDefinitionNode? Fragment(string name) => _fragments.GetValueOrDefault(name);

    public GraphQLType? TypeOf(TypeNode node) => VariableCoercion.TypeFrom(Schema, node);

    /// <summary>The fragments an operation needs, directly and through others, each once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> ReferencedFragments(OperationDefinitionNode operation)
    {
        List<FragmentDefinitionNode> found = [];
        HashSet<string>? seen = null;
        DefinitionNode definition = operation;
        for (var next = 0; ; next++)
        {
            if (Uses.TryGetValue(definition, out var use))
            {
                foreach (var spread in use.Spreads)
                {
                    seen ??= new HashSet<string>(StringComparer.Ordinal);
                    if (seen.Add(spread.Name.Value) && Fragment(spread.Name.Value) is { } fragment) found.Add(fragment);
                }
            }
            if (next == found.Count) return found;
            definition = found[next];
        }
    }

    /// <summary>Every use of a variable in an operation and the fragments it needs.</summary>
    public IEnumerable<VariableUse> VariableUses(OperationDefinitionNode operation)
    {
        foreach (var use in Uses[operation].Variables) yield return use;
        foreach (var fragment in ReferencedFragments(operation))
        {
            foreach (var use in Uses[fragment].Variables) yield return use;
        }
    }

    /// <summary>"Did you mean", for callers who may know the schema.</summary>
    public string DidYouMean(string input, IEnumerable<string> options, string? what = null) => Suggests ? Suggestions.DidYouMean(input, options, what) : "";

    public void Report(string rule, string message, ReadOnlySpan<int> offsets)
    {
        if (Errors.Count >= _maxErrors)
        {
            Errors.Add(new GraphQLError(ErrorCodes.ValidationFailed, "Too many validation errors, error limit reached. Validation aborted."));
            throw new ValidationAbortedException();
        }
        var locations = new SourceLocation[offsets.Length];
        for (var i = 0; i < locations.Length; i++) locations[i] = SourcePosition.Of(Document.Source.Span, offsets[i]);
        Errors.Add(new GraphQLError(ErrorCodes.ValidationFailed, message) { Locations = locations, Rule = rule });
    }
}

/// <summary>What one operation or fragment uses.</summary>
internal sealed class DefinitionUse
{
    public List<VariableUse> Variables { get; } = [];

    public List<FragmentSpreadNode> Spreads { get; } = [];
}

/// <summary>A variable in a place that expects a type.</summary>
/// <param name="Node">The variable.</param>
/// <param name="Type">What the place expects, if known.</param>
/// <param name="HasDefault">Whether the place has a default of its own.</param>
/// <param name="Parent">The input object it is a field of, if any.</param>
internal readonly record struct VariableUse(VariableNode Node, GraphQLType? Type, bool HasDefault, GraphQLType? Parent);

/// <summary>Enough was found.</summary>
internal sealed class ValidationAbortedException : Exception;
