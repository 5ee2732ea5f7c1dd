using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>An operation ready to run.</summary>
internal sealed class OperationPlan
{
    private readonly PlanCompiler _compiler;

    public OperationPlan(Schema schema, PreparedDocument document, OperationDefinitionNode operation, Func<string, bool> condition)
    {
        Document = document.Document;
        Operation = operation;
        _compiler = new PlanCompiler(schema, document.Fragments, condition);
        Root = _compiler.Compile(schema.RootType(operation.Operation)!, [operation.SelectionSet]);
    }

    public DocumentNode Document { get; }

    public OperationDefinitionNode Operation { get; }

    public ObjectPlan Root { get; }

    public int ArgumentSlots => _compiler.ArgumentSlots;
}
