using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>A variable fits every place it is used in. https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed</summary>
internal sealed class VariablesInAllowedPositionRule : ValidationRule
{
    public override void LeaveDocument(DocumentNode node)
    {
        foreach (var operation in node.Definitions.OfType<OperationDefinitionNode>().Where(o => o.Variables.Length > 0))
        {
            foreach (var use in Context.VariableUses(operation))
            {
                // The last of several definitions of one name counts, as in graphql-js.
                if (use.Type is not null && Array.FindLast(operation.Variables, v => v.Variable.Name.Value == use.Node.Name.Value) is { } definition)
                    Check(use, definition);
            }
        }
    }

    private void Check(VariableUse use, VariableDefinitionNode definition)
    {
        var type = Context.TypeOf(definition.Type);
        if (type is not null && !IsAllowed(type, definition.DefaultValue, use.Type!, use.HasDefault))
            Report($"Variable \"${use.Node.Name}\" of type \"{type}\" used in position expecting type \"{use.Type}\".", definition.Start, use.Node.Start);
        if (use.Parent is InputObjectType { IsOneOf: true } parent && type is not (null or NonNullType))
            Report(
                $"Variable \"${use.Node.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{parent}\".",
                definition.Start, use.Node.Start);
    }

    private bool IsAllowed(GraphQLType type, ValueNode? defaultValue, GraphQLType expected, bool placeHasDefault)
    {
        if (expected is not NonNullType nonNull || type.IsNonNull) return Context.Schema.IsAssignable(type, expected);
        return (defaultValue is not (null or NullValueNode) || placeHasDefault) && Context.Schema.IsAssignable(type, nonNull.Inner);
    }
}
