using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation;

/// <summary>One rule of chapter 5. A document is walked once; each rule is called at the hooks it overrides and no others.</summary>
internal abstract class ValidationRule
{
    public ValidationContext Context { get; set; } = null!;

    public virtual void EnterDocument(DocumentNode node) { }

    /// <summary>After the walk, when every use of variables and fragments is known.</summary>
    public virtual void LeaveDocument(DocumentNode node) { }

    public virtual void EnterOperation(OperationDefinitionNode node) { }

    public virtual void EnterFragment(FragmentDefinitionNode node) { }

    public virtual void EnterVariableDefinition(VariableDefinitionNode node) { }

    public virtual void EnterSelectionSet(SelectionSetNode node, bool isInline) { }

    public virtual void EnterField(FieldNode node) { }

    public virtual void EnterSpread(FragmentSpreadNode node) { }

    public virtual void EnterInline(InlineFragmentNode node) { }

    public virtual void EnterDirectives(DirectiveNode[] nodes, string location) { }

    /// <summary>An argument of a field or directive.</summary>
    /// <param name="node">The argument.</param>
    /// <param name="definition">Its definition, when there is one.</param>
    /// <param name="isOfDirective">Whether it belongs to a directive.</param>
    public virtual void EnterArgument(ArgumentNode node, InputValue? definition, bool isOfDirective) { }

    /// <summary>A whole literal: an argument's value or a variable's default.</summary>
    public virtual void EnterValue(ValueNode node, GraphQLType? type) { }

    public virtual void EnterNamedType(NamedTypeNode node) { }

    protected void Report(string message, params ReadOnlySpan<int> offsets) => Context.Report(GetType().Name, message, offsets);
}
