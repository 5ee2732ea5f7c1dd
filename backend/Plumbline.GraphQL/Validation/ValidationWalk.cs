using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>Walks a document once, keeping track of types, and calls the rules that care about each part.</summary>
internal sealed partial class ValidationWalk(ValidationContext context, ValidationRule[] rules, RuleHooks hooks)
{
    private DefinitionUse _use = new();

    public void Run()
    {
        foreach (var rule in rules) rule.Context = context;
        foreach (var i in hooks.Document) rules[i].EnterDocument(context.Document);
        foreach (var definition in context.Document.Definitions)
        {
            if (definition is OperationDefinitionNode operation) Operation(operation);
            else if (definition is FragmentDefinitionNode fragment) Fragment(fragment);
        }
        foreach (var i in hooks.DocumentEnd) rules[i].LeaveDocument(context.Document);
    }

    private void Operation(OperationDefinitionNode node)
    {
        context.Uses[node] = _use = new DefinitionUse();
        foreach (var i in hooks.Operation) rules[i].EnterOperation(node);
        foreach (var variable in node.Variables) Variable(variable);
        Directives(node.Directives, node.Operation switch
        {
            OperationType.Query => "QUERY",
            OperationType.Mutation => "MUTATION",
            _ => "SUBSCRIPTION",
        });
        Selections(node.SelectionSet, context.Schema.RootType(node.Operation), isInline: false);
    }

    private void Fragment(FragmentDefinitionNode node)
    {
        context.Uses[node] = _use = new DefinitionUse();
        foreach (var i in hooks.Fragment) rules[i].EnterFragment(node);
        NamedType(node.TypeCondition);
        Directives(node.Directives, "FRAGMENT_DEFINITION");
        Selections(node.SelectionSet, context.Schema.Type(node.TypeCondition.Name.Value), isInline: false);
    }

    private void Variable(VariableDefinitionNode node)
    {
        foreach (var i in hooks.VariableDefinition) rules[i].EnterVariableDefinition(node);
        var type = node.Type;
        while (type is not NamedTypeNode) type = type is ListTypeNode list ? list.Item : ((NonNullTypeNode)type).Inner;
        NamedType((NamedTypeNode)type);
        if (node.DefaultValue is not null)
            Value(node.DefaultValue, context.TypeOf(node.Type) is { IsInput: true } input ? input : null, hasDefault: false, null);
        Directives(node.Directives, "VARIABLE_DEFINITION");
    }

    private void NamedType(NamedTypeNode node)
    {
        foreach (var i in hooks.NamedType) rules[i].EnterNamedType(node);
    }

    private void Selections(SelectionSetNode set, NamedType? type, bool isInline)
    {
        var outerType = context.ParentType;
        var outerField = context.Field;
        context.ParentType = type is { IsComposite: true } ? type : null;
        foreach (var i in hooks.SelectionSet) rules[i].EnterSelectionSet(set, isInline);
        foreach (var selection in set.Selections)
        {
            if (selection is FieldNode field) Field(field);
            else if (selection is InlineFragmentNode inline) Inline(inline);
            else Spread((FragmentSpreadNode)selection);
        }
        context.ParentType = outerType;
        context.Field = outerField;
    }

    private void Field(FieldNode node)
    {
        var definition = context.ParentType is null ? null : context.Schema.Field(context.ParentType, node.Name.Value);
        context.Field = definition;
        foreach (var i in hooks.Field) rules[i].EnterField(node);
        foreach (var argument in node.Arguments) Argument(argument, definition?.Argument(argument.Name.Value), isOfDirective: false);
        Directives(node.Directives, "FIELD");
        if (node.SelectionSet is not null) Selections(node.SelectionSet, definition?.Type.Named, isInline: false);
    }

    private void Inline(InlineFragmentNode node)
    {
        foreach (var i in hooks.Inline) rules[i].EnterInline(node);
        var type = context.ParentType;
        if (node.TypeCondition is not null)
        {
            NamedType(node.TypeCondition);
            type = context.Schema.Type(node.TypeCondition.Name.Value);
        }
        Directives(node.Directives, "INLINE_FRAGMENT");
        Selections(node.SelectionSet, type, isInline: true);
    }

    private void Spread(FragmentSpreadNode node)
    {
        _use.Spreads.Add(node);
        foreach (var i in hooks.Spread) rules[i].EnterSpread(node);
        Directives(node.Directives, "FRAGMENT_SPREAD");
    }

    private void Directives(DirectiveNode[] nodes, string location)
    {
        if (nodes.Length == 0) return;
        foreach (var i in hooks.Directives) rules[i].EnterDirectives(nodes, location);
        foreach (var node in nodes)
        {
            if (node.Arguments.Length == 0) continue;
            // An unknown directive's arguments are looked up on the field, as graphql-js does.
            var known = context.Schema.Directives.TryGetValue(node.Name.Value, out var directive);
            foreach (var argument in node.Arguments)
                Argument(
                    argument,
                    known ? Array.Find(directive!.Arguments, a => a.Name == argument.Name.Value) : context.Field?.Argument(argument.Name.Value),
                    isOfDirective: true);
        }
    }

    private void Argument(ArgumentNode node, InputValue? definition, bool isOfDirective)
    {
        foreach (var i in hooks.Argument) rules[i].EnterArgument(node, definition, isOfDirective);
        Value(node.Value, definition?.Type is { IsInput: true } type ? type : null, definition?.DefaultLiteral is not null, null);
    }

    private void Value(ValueNode node, GraphQLType? type, bool hasDefault, GraphQLType? parent)
    {
        foreach (var i in hooks.Value) rules[i].EnterValue(node, type);
        Variables(node, type, hasDefault, parent);
    }
}
