using System.Numerics;

namespace Plumbline.TraceStore.Columns;

/// <summary>One bit a row. Bits past the end are always 0.</summary>
internal sealed class Bitmap(int length)
{
    private readonly ulong[] _words = new ulong[(length + 63) >> 6];

    public int Length { get; } = length;

    public Span<ulong> Words => _words;

    public bool this[int row] => (_words[row >> 6] & (1ul << row)) != 0;

    public static Bitmap All(int length)
    {
        var all = new Bitmap(length);
        all._words.AsSpan().Fill(ulong.MaxValue);
        all.Trim();
        return all;
    }

    public void Set(int row) => _words[row >> 6] |= 1ul << row;

    public void Clear(int row) => _words[row >> 6] &= ~(1ul << row);

    public Bitmap And(Bitmap other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] &= other._words[i];
        return this;
    }

    public Bitmap AndNot(Bitmap other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] &= ~other._words[i];
        return this;
    }

    public Bitmap Or(Bitmap other)
    {
        for (var i = 0; i < _words.Length; i++) _words[i] |= other._words[i];
        return this;
    }

    public Bitmap Not()
    {
        for (var i = 0; i < _words.Length; i++) _words[i] = ~_words[i];
        Trim();
        return this;
    }

    public Bitmap Copy()
    {
        var copy = new Bitmap(Length);
        _words.CopyTo(copy._words, 0);
        return copy;
    }

    public int Count()
    {
        var count = 0;
        foreach (var word in _words) count += BitOperations.PopCount(word);
        return count;
    }

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0ul);

    public Rows GetEnumerator() => new(_words);

    /// <summary>The set bits, rising.</summary>
    public ref struct Rows(ReadOnlySpan<ulong> words)
    {
        private readonly ReadOnlySpan<ulong> _words = words;
        private ulong _word = words.IsEmpty ? 0 : words[0];
        private int _index;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (_word == 0)
            {
                if (++_index >= _words.Length) return false;
                _word = _words[_index];
            }
            Current = (_index << 6) + BitOperations.TrailingZeroCount(_word);
            _word &= _word - 1;
            return true;
        }
    }

    /// <summary>The set bits, falling.</summary>
    public FallingRows Falling() => new(_words);

    /// <inheritdoc cref="Falling"/>
    public ref struct FallingRows(ReadOnlySpan<ulong> words)
    {
        private readonly ReadOnlySpan<ulong> _words = words;
        private ulong _word;
        private int _index = words.Length;

        public int Current { get; private set; }

        public readonly FallingRows GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_word == 0)
            {
                if (--_index < 0) return false;
                _word = _words[_index];
            }
            var bit = 63 - BitOperations.LeadingZeroCount(_word);
            Current = (_index << 6) + bit;
            _word &= ~(1ul << bit);
            return true;
        }
    }

    private void Trim()
    {
        if ((Length & 63) != 0) _words[^1] &= (1ul << Length) - 1;
    }
}
