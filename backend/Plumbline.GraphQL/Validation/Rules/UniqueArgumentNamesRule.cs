using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>An argument is given once. https://spec.graphql.org/September2025/#sec-Argument-Uniqueness</summary>
internal sealed class UniqueArgumentNamesRule : ValidationRule
{
    public override void EnterField(FieldNode node) => Check(node.Arguments);

    public override void EnterDirectives(DirectiveNode[] nodes, string location)
    {
        foreach (var node in nodes) Check(node.Arguments);
    }

    private void Check(ArgumentNode[] arguments)
    {
        if (arguments.Length < 2) return;
        foreach (var same in arguments.GroupBy(a => a.Name.Value).Where(g => g.Count() > 1))
            Report($"There can be only one argument named \"{same.Key}\".", [.. same.Select(a => a.Name.Start)]);
    }
}
