namespace Plumbline.GraphQL.Language;

/// <summary>A literal or variable. https://spec.graphql.org/September2025/#sec-Input-Values</summary>
internal abstract class ValueNode : Node;

internal sealed class VariableNode(Name name) : ValueNode
{
    public readonly Name Name = name;

    public override NodeKind Kind => NodeKind.Variable;
}

internal sealed class IntValueNode(string text) : ValueNode
{
    public readonly string Text = text;

    public override NodeKind Kind => NodeKind.IntValue;
}

internal sealed class FloatValueNode(string text) : ValueNode
{
    public readonly string Text = text;

    public override NodeKind Kind => NodeKind.FloatValue;
}

internal sealed class StringValueNode(string value, bool isBlock) : ValueNode
{
    public readonly string Value = value;
    public readonly bool IsBlock = isBlock;

    public override NodeKind Kind => NodeKind.StringValue;
}

internal sealed class BooleanValueNode(bool value) : ValueNode
{
    public readonly bool Value = value;

    public override NodeKind Kind => NodeKind.BooleanValue;
}

internal sealed class NullValueNode : ValueNode
{
    public override NodeKind Kind => NodeKind.NullValue;
}

internal sealed class EnumValueNode(string value) : ValueNode
{
    public readonly string Value = value;

    public override NodeKind Kind => NodeKind.EnumValue;
}

internal sealed class ListValueNode(ValueNode[] values) : ValueNode
{
    public readonly ValueNode[] Values = values;

    public override NodeKind Kind => NodeKind.ListValue;
}

internal sealed class ObjectValueNode(ObjectFieldNode[] fields) : ValueNode
{
    public readonly ObjectFieldNode[] Fields = fields;

    public override NodeKind Kind => NodeKind.ObjectValue;
}

internal sealed class ObjectFieldNode(Name name, ValueNode value) : Node
{
    public readonly Name Name = name;
    public readonly ValueNode Value = value;

    public override NodeKind Kind => NodeKind.ObjectField;
}
