using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>Uses of variables, with the types their places expect.</summary>
internal sealed partial class ValidationWalk
{
    private void Variables(ValueNode node, GraphQLType? type, bool hasDefault, GraphQLType? parent)
    {
        switch (node)
        {
            case VariableNode variable:
                _use.Variables.Add(new VariableUse(variable, type, hasDefault, parent));
                break;
            case ListValueNode list:
                var item = type?.Nullable is ListType listType ? listType.Item : type?.Nullable;
                foreach (var value in list.Values) Variables(value, item, hasDefault: false, type);
                break;
            case ObjectValueNode obj:
                var input = type?.Named as InputObjectType;
                foreach (var field in obj.Fields)
                {
                    InputValue? definition = null;
                    input?.Fields.TryGetValue(field.Name.Value, out definition);
                    Variables(field.Value, definition?.Type is { IsInput: true } known ? known : null, definition?.DefaultLiteral is not null, type);
                }
                break;
        }
    }
}
