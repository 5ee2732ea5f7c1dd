using System.Text;
using Plumbline.GraphQL.Language;
using Plumbline.GraphQL.Types;

namespace Plumbline.GraphQL.Execution;

/// <summary>One response key of one object type: everything about it that does not change from request to request.</summary>
internal sealed class FieldPlan
{
    public FieldPlan(string key, FieldDefinition field, FieldNode[] nodes, SelectionPlan? selection)
    {
        Key = key;
        KeyJson = Encoding.UTF8.GetBytes($",\"{key}\":");
        Field = field;
        Nodes = nodes;
        Selection = selection;
        Resolver = field.Resolver!;
        IsTypeName = field.Name == "__typename";
        Arguments = field.Arguments.Length == 0
            ? []
            : Array.ConvertAll(field.Arguments, a => Array.Find(nodes[0].Arguments, g => g.Name.Value == a.Name)?.Value);
        UsesVariables = Array.Exists(Arguments, a => a is not null && ArgumentCoercion.UsesVariables(a));
    }

    public string Key { get; }

    /// <summary><c>,"key":</c>, without its comma for a first field.</summary>
    public byte[] KeyJson { get; }

    public FieldDefinition Field { get; }

    /// <summary>The selections merged into this key; the first one's arguments stand for all.</summary>
    public FieldNode[] Nodes { get; }

    /// <summary>What is selected below; null for leaves.</summary>
    public SelectionPlan? Selection { get; }

    public FieldResolver Resolver { get; }

    public bool IsTypeName { get; }

    public ValueNode?[] Arguments { get; }

    public bool UsesVariables { get; }

    /// <summary>The arguments when no variable takes part, coerced at first use.</summary>
    public object?[]? ConstantArguments { get; set; }

    /// <summary>Place among the operation's fields whose arguments use variables, or -1.</summary>
    public int ArgumentSlot { get; set; } = -1;

    /// <summary>Place among its object's fields that have to be resolved before writing, or -1.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Whether a sub-field of that name is answered. Only for fields of an object type.</summary>
    public bool Selects(string name) => Array.Exists(Selection!.Only!.Fields, f => f.Field.Name == name);
}

/// <summary>The fields to answer for one object type.</summary>
internal sealed class ObjectPlan(ObjectType type, FieldPlan[] fields)
{
    public readonly ObjectType Type = type;
    public readonly FieldPlan[] Fields = fields;

    /// <summary>Fields that may wait, or have something below them that may.</summary>
    public FieldPlan[] Waiting { get; set; } = [];
}
