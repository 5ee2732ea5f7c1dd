using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Validation.Rules;

/// <summary>Fields exist on the type they are asked of. https://spec.graphql.org/September2025/#sec-Field-Selections</summary>
internal sealed class FieldsOnCorrectTypeRule : ValidationRule
{
    public override void EnterField(FieldNode node)
    {
        if (Context.ParentType is not { } type || Context.Field is not null) return;
        var name = node.Name.Value;
        var suggestion = Context.Suggests ? Suggestions.Sentence(TypesWith(type, name), "to use an inline fragment on") : "";
        if (suggestion.Length == 0 && type is CompositeType composite) suggestion = Context.DidYouMean(name, composite.Fields.Keys);
        Report($"Cannot query field \"{name}\" on type \"{type}\".{suggestion}", node.Start);
    }

    /// <summary>Object types and interfaces that have the field, the most common first.</summary>
    private string[] TypesWith(NamedType type, string field)
    {
        if (!type.IsAbstract) return [];
        var uses = new OrderedDictionary<CompositeType, int>();
        foreach (var possible in Context.Schema.PossibleTypes(type).Where(p => p.Fields.ContainsKey(field)))
        {
            uses[possible] = 1;
            foreach (var contract in possible.Interfaces.Where(i => i.Fields.ContainsKey(field))) uses[contract] = uses.GetValueOrDefault(contract) + 1;
        }
        var found = uses.ToList();
        found.Sort((a, b) =>
        {
            if (a.Value != b.Value) return b.Value - a.Value;
            if (a.Key is InterfaceType && Context.Schema.IsSubType(a.Key, b.Key)) return -1;
            if (b.Key is InterfaceType && Context.Schema.IsSubType(b.Key, a.Key)) return 1;
            return NaturalOrder.Instance.Compare(a.Key.Name, b.Key.Name);
        });
        return [.. found.Select(u => u.Key.Name)];
    }
}
