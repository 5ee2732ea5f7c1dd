using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Literals fit the types of their places. https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type</summary>
internal sealed class ValuesOfCorrectTypeRule : ValidationRule
{
    public override void EnterValue(ValueNode node, GraphQLType? type) => Check(node, type);

    private void Check(ValueNode node, GraphQLType? type)
    {
        switch (node)
        {
            case VariableNode: break;
            case NullValueNode:
                if (type is NonNullType) Report($"Expected value of type \"{type}\", found null.", node.Start);
                break;
            case ListValueNode list: CheckList(list, type); break;
            case ObjectValueNode obj: CheckObject(obj, type); break;
            default: CheckLeaf(node, type); break;
        }
    }

    private void CheckList(ListValueNode node, GraphQLType? type)
    {
        if (type?.Nullable is not ListType list)
        {
            CheckLeaf(node, type?.Nullable);
            return;
        }
        foreach (var item in node.Values) Check(item, list.Item is { IsInput: true } ? list.Item : null);
    }

    private void CheckObject(ObjectValueNode node, GraphQLType? type)
    {
        if (type?.Named is not InputObjectType input)
        {
            CheckLeaf(node, type);
            return;
        }
        foreach (var field in input.Fields.Values)
        {
            if (field.IsRequired && !Array.Exists(node.Fields, f => f.Name.Value == field.Name))
                Report($"Field \"{input}.{field.Name}\" of required type \"{field.Type}\" was not provided.", node.Start);
        }
        if (input.IsOneOf) CheckOneOf(node, input);
        foreach (var field in node.Fields)
        {
            if (!input.Fields.TryGetValue(field.Name.Value, out var definition))
                Report($"Field \"{field.Name}\" is not defined by type \"{input}\".{Context.DidYouMean(field.Name.Value, input.Fields.Keys)}", field.Start);
            Check(field.Value, definition?.Type);
        }
    }

    private void CheckOneOf(ObjectValueNode node, InputObjectType input)
    {
        var keys = node.Fields.Select(f => f.Name.Value).Distinct().ToArray();
        if (keys.Length != 1) Report($"OneOf Input Object \"{input}\" must specify exactly one key.", node.Start);
        else if (node.Fields[^1].Value is NullValueNode) Report($"Field \"{input}.{keys[0]}\" must be non-null.", node.Start);
    }

    private void CheckLeaf(ValueNode node, GraphQLType? type)
    {
        switch (type?.Named)
        {
            case null: break;
            case EnumType choice: CheckEnum(node, choice); break;
            case ScalarType scalar: CheckScalar(node, scalar, type); break;
            default: Report($"Expected value of type \"{type}\", found {Printer.Print(node)}.", node.Start); break;
        }
    }

    private void CheckEnum(ValueNode node, EnumType type)
    {
        var text = Printer.Print(node);
        if (node is not EnumValueNode)
            Report($"Enum \"{type}\" cannot represent non-enum value: {text}.{Context.DidYouMean(text, type.Values.Keys, "the enum value")}", node.Start);
        else if (!type.Values.ContainsKey(text))
            Report($"Value \"{text}\" does not exist in \"{type}\" enum.{Context.DidYouMean(text, type.Values.Keys, "the enum value")}", node.Start);
    }

    private void CheckScalar(ValueNode node, ScalarType scalar, GraphQLType type)
    {
        try
        {
            scalar.Codec.ReadLiteral(node);
        }
        catch (InputCoercionException wrong)
        {
            Report(
                ScalarCodecs.BuiltIn.ContainsKey(scalar.Name)
                    ? wrong.Message
                    : $"Expected value of type \"{type}\", found {Printer.Print(node)}; {wrong.Message}",
                node.Start);
        }
    }
}
