namespace Plumbline.GraphQL.Language;

/// <summary>A whole document with its source. https://spec.graphql.org/September2025/#sec-Document</summary>
internal sealed class DocumentNode(DefinitionNode[] definitions, ReadOnlyMemory<byte> source) : Node
{
    public readonly DefinitionNode[] Definitions = definitions;
    public readonly ReadOnlyMemory<byte> Source = source;

    public int TokenCount { get; init; }

    public override NodeKind Kind => NodeKind.Document;

    public SourceLocation LocationOf(Node node) => SourcePosition.Of(Source.Span, node.Start);
}

internal abstract class DefinitionNode : Node
{
    public StringValueNode? Description;
}

internal enum OperationType : byte
{
    Query,
    Mutation,
    Subscription,
}

internal sealed class OperationDefinitionNode(
    OperationType operation, Name name, VariableDefinitionNode[] variables, DirectiveNode[] directives, SelectionSetNode selectionSet) : DefinitionNode
{
    public readonly OperationType Operation = operation;
    public readonly Name Name = name;
    public readonly VariableDefinitionNode[] Variables = variables;
    public readonly DirectiveNode[] Directives = directives;
    public readonly SelectionSetNode SelectionSet = selectionSet;

    public override NodeKind Kind => NodeKind.OperationDefinition;
}

internal sealed class FragmentDefinitionNode(Name name, NamedTypeNode typeCondition, DirectiveNode[] directives, SelectionSetNode selectionSet) : DefinitionNode
{
    public readonly Name Name = name;
    public readonly NamedTypeNode TypeCondition = typeCondition;
    public readonly DirectiveNode[] Directives = directives;
    public readonly SelectionSetNode SelectionSet = selectionSet;

    public override NodeKind Kind => NodeKind.FragmentDefinition;
}

internal sealed class VariableDefinitionNode(VariableNode variable, TypeNode type, ValueNode? defaultValue, DirectiveNode[] directives) : DefinitionNode
{
    public readonly VariableNode Variable = variable;
    public readonly TypeNode Type = type;
    public readonly ValueNode? DefaultValue = defaultValue;
    public readonly DirectiveNode[] Directives = directives;

    public override NodeKind Kind => NodeKind.VariableDefinition;
}

internal sealed class SelectionSetNode(SelectionNode[] selections) : Node
{
    public readonly SelectionNode[] Selections = selections;

    public override NodeKind Kind => NodeKind.SelectionSet;
}

internal abstract class SelectionNode(DirectiveNode[] directives) : Node
{
    public readonly DirectiveNode[] Directives = directives;
}

internal sealed class FieldNode(Name alias, Name name, ArgumentNode[] arguments, DirectiveNode[] directives, SelectionSetNode? selectionSet)
    : SelectionNode(directives)
{
    public readonly Name Alias = alias;
    public readonly Name Name = name;
    public readonly ArgumentNode[] Arguments = arguments;
    public readonly SelectionSetNode? SelectionSet = selectionSet;

    public string ResponseKey => Alias.Value ?? Name.Value;

    public override NodeKind Kind => NodeKind.Field;
}

internal sealed class FragmentSpreadNode(Name name, DirectiveNode[] directives) : SelectionNode(directives)
{
    public readonly Name Name = name;

    public override NodeKind Kind => NodeKind.FragmentSpread;
}

internal sealed class InlineFragmentNode(NamedTypeNode? typeCondition, DirectiveNode[] directives, SelectionSetNode selectionSet) : SelectionNode(directives)
{
    public readonly NamedTypeNode? TypeCondition = typeCondition;
    public readonly SelectionSetNode SelectionSet = selectionSet;

    public override NodeKind Kind => NodeKind.InlineFragment;
}

internal sealed class ArgumentNode(Name name, ValueNode value) : Node
{
    public readonly Name Name = name;
    public readonly ValueNode Value = value;

    public override NodeKind Kind => NodeKind.Argument;
}

internal sealed class DirectiveNode(Name name, ArgumentNode[] arguments) : Node
{
    public readonly Name Name = name;
    public readonly ArgumentNode[] Arguments = arguments;

    public override NodeKind Kind => NodeKind.Directive;
}
