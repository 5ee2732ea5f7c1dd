using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Plumbline.GraphQL.Binding.Compile;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;
using Plumbline.GraphQL.Validation;
using Plumbline.GraphQL.Validation.Limits;

namespace Plumbline.GraphQL.Execution;

/// <summary>From document text to answers, whatever the transport.</summary>
internal sealed class GraphQLEngine
{
    private readonly DocumentCache _documents;
    private readonly FrozenDictionary<Type, Func<object, long>> _sizes;
    private readonly FrozenDictionary<FieldDefinition, int> _costs;

    /// <summary>Binds the schema.</summary>
    /// <exception cref="GraphQLSchemaException">Schema and resolvers do not fit.</exception>
    public GraphQLEngine(GraphQLBuilder builder, IServiceProvider services, GraphQLInstruments instruments, ILogger<ErrorMasking> logger)
    {
        Instruments = instruments;
        foreach (var change in builder.LimitChanges) change(Limits);
        Bound = SchemaBinder.Bind(builder, services);
        _documents = new DocumentCache(Limits.CachedDocuments, Limits.CachedDocumentBytes);
        Masking = new ErrorMasking(builder.ExceptionMaps, logger);
        _sizes = builder.Sizes.ToFrozenDictionary();
        _costs = FieldCosts.Bind(Bound.Schema, builder.Costs);
        Sdl = string.Join("\n", builder.Sdl);
    }

    public GraphQLLimits Limits { get; } = new();

    /// <summary>The schema and the .NET types behind it.</summary>
    public BoundSchema Bound { get; }

    public Schema Schema => Bound.Schema;

    public ErrorMasking Masking { get; }

    public GraphQLInstruments Instruments { get; }

    /// <summary>The schema as it was written.</summary>
    public string Sdl { get; }

    /// <summary>Reads and validates a document, or finds it prepared. The memory is kept only when the document is new: pass bytes that stay.</summary>
    /// <param name="text">The document.</param>
    /// <param name="suggests">Whether errors may name parts of the schema that the document does not.</param>
    public PreparedDocument Prepare(ReadOnlyMemory<byte> text, bool suggests = true)
    {
        var key = new DocumentText(text);
        if (_documents.TryGet(key, out var known)) return known;
        var prepared = Read(text, suggests);
        if (prepared.Errors.Count == 0) _documents.Add(key, prepared);
        return prepared;
    }

    private PreparedDocument Read(ReadOnlyMemory<byte> text, bool suggests)
    {
        DocumentNode document;
        try
        {
            document = Parser.Parse(text, new ParseLimits(Limits.MaxTokens, Limits.MaxParseDepth));
        }
        catch (GraphQLSyntaxException wrong)
        {
            return new PreparedDocument(Schema, new DocumentNode([], text), [wrong.ToError()]);
        }
        if (StructureLimits.Check(document, Limits) is { } refused) return new PreparedDocument(Schema, document, [refused]);
        return new PreparedDocument(Schema, document, DocumentValidator.Validate(Schema, document, Limits.MaxValidationErrors, suggests));
    }

    public RequestExecution Start(
        OperationPlan plan, IReadOnlyDictionary<string, object?> variables, GraphQLRequestContext context, CancellationToken cancellationToken) =>
        new(Bound, plan, variables, context, Masking, Instruments, Limits, new HeldBytes(_sizes, Limits.MaxHeldBytes), cancellationToken);

    /// <summary>Writes a whole answer that consists of errors alone.</summary>
    public void WriteErrors(IReadOnlyList<GraphQLError> errors, ResultWriter writer)
    {
        Instruments.Count(errors);
        ErrorWriter.WriteAnswer(errors, writer);
    }

    public Measure Measure(PreparedDocument document, OperationDefinitionNode operation, IReadOnlyDictionary<string, object?> variables) =>
        OperationMeasure.Of(Schema, document, operation, variables, _costs, Limits);
}
