// Package export makes files of what people see: Excel, CSV and PDF.
//
// Three things to know. A sheet asks the same document a screen asks, page after page, as the person
// who wants it, so that it holds what they may see and no more. Amounts stay exact: their digits are
// written as they are and never pass through binary fractions. Nothing in a file is a formula.
package export
