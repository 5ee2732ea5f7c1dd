using System.Text.Json;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;
using Plumbline.GraphQL.Validation.Limits;

namespace Plumbline.GraphQL.Execution;

/// <summary>A request as far as it can be checked before it runs: document, operation, variables, cost.</summary>
internal sealed class PreparedOperation
{
    private PreparedOperation(PreparedDocument document, OperationDefinitionNode operation, Dictionary<string, object?> variables, Measure measure)
    {
        Document = document;
        Operation = operation;
        Variables = variables;
        Measure = measure;
    }

    public PreparedDocument Document { get; }

    public OperationDefinitionNode Operation { get; }

    public Dictionary<string, object?> Variables { get; }

    public Measure Measure { get; }

    public OperationPlan Plan => Document.Plan(Operation, Variables);

    /// <summary>Checks a request; the errors are the answer when the operation is null.</summary>
    public static PreparedOperation? From(
        GraphQLEngine engine,
        ReadOnlyMemory<byte> text, string? operationName, JsonElement variables, out IReadOnlyList<GraphQLError> errors,
        bool suggests = true)
    {
        var document = engine.Prepare(text, suggests);
        errors = document.Errors;
        if (errors.Count > 0) return null;
        if (Select(document, operationName, out var problem) is not { } operation)
        {
            errors = [new GraphQLError(ErrorCodes.BadUserInput, problem)];
            return null;
        }
        if (engine.Schema.RootType(operation.Operation) is null)
        {
            errors = [new GraphQLError(
                ErrorCodes.BadUserInput,
                $"Schema is not configured to execute {operation.Operation.ToString().ToLowerInvariant()} operation.")];
            return null;
        }
        List<GraphQLError> found = [];
        var values = VariableCoercion.Coerce(engine.Schema, document.Document, operation, variables, found, suggests);
        errors = found;
        if (found.Count > 0) return null;
        var measure = engine.Measure(document, operation, values);
        if (measure.Cost <= engine.Limits.MaxCost) return new PreparedOperation(document, operation, values, measure);
        errors = [new GraphQLError(
            ErrorCodes.TooComplex,
            $"The operation costs {measure.Cost}; {engine.Limits.MaxCost} are allowed. "
                + "Ask for smaller pages, fewer nested lists, or figures and comparisons in several requests.")];
        return null;
    }

    private static OperationDefinitionNode? Select(PreparedDocument document, string? name, out string problem)
    {
        problem = "";
        if (name is not null)
        {
            problem = $"Unknown operation named \"{name}\".";
            return Array.Find(document.Operations, o => o.Name.Value == name);
        }
        problem = document.Operations.Length == 0 ? "Must provide an operation." : "Must provide operation name if query contains multiple operations.";
        return document.Operations.Length == 1 ? document.Operations[0] : null;
    }
}
