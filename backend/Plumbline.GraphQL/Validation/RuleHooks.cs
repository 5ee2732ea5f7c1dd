using System.Reflection;

namespace Plumbline.GraphQL.Validation;

/// <summary>Which rules, by position, override which hook; found once.</summary>
internal sealed class RuleHooks(IReadOnlyList<Type> rules)
{
    public int[] Document { get; } = Overriding(rules, nameof(ValidationRule.EnterDocument));

    public int[] DocumentEnd { get; } = Overriding(rules, nameof(ValidationRule.LeaveDocument));

    public int[] Operation { get; } = Overriding(rules, nameof(ValidationRule.EnterOperation));

    public int[] Fragment { get; } = Overriding(rules, nameof(ValidationRule.EnterFragment));

    public int[] VariableDefinition { get; } = Overriding(rules, nameof(ValidationRule.EnterVariableDefinition));

    public int[] SelectionSet { get; } = Overriding(rules, nameof(ValidationRule.EnterSelectionSet));

    public int[] Field { get; } = Overriding(rules, nameof(ValidationRule.EnterField));

    public int[] Spread { get; } = Overriding(rules, nameof(ValidationRule.EnterSpread));

    public int[] Inline { get; } = Overriding(rules, nameof(ValidationRule.EnterInline));

    public int[] Directives { get; } = Overriding(rules, nameof(ValidationRule.EnterDirectives));

    public int[] Argument { get; } = Overriding(rules, nameof(ValidationRule.EnterArgument));

    public int[] Value { get; } = Overriding(rules, nameof(ValidationRule.EnterValue));

    public int[] NamedType { get; } = Overriding(rules, nameof(ValidationRule.EnterNamedType));

    private static int[] Overriding(IReadOnlyList<Type> rules, string hook) =>
        [.. Enumerable.Range(0, rules.Count).Where(i =>
            rules[i].GetMethod(hook, BindingFlags.Public | BindingFlags.Instance)!.DeclaringType != typeof(ValidationRule))];
}
